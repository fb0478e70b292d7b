import { effect } from '@preact/signals';
import { render } from 'preact';
import { begin, connectNow, link } from './net/link.ts';
import { takeTokenFromAddress } from './net/token.ts';
import { watchAddress } from './state/place.ts';
import { store } from './state/store.ts';
import { applyTheme } from './state/theme.ts';
import { App } from './view/App.tsx';
import './style/tokens.css';
import './style/base.css';
import './style/controls.css';
import './style/layout.css';
import './style/views.css';
import './style/parts.css';

applyTheme();
takeTokenFromAddress();
// A link with the token may be opened in a tab that is locked already.
addEventListener('hashchange', () => {
  if (takeTokenFromAddress() && link.value.state === 'locked') connectNow();
});
watchAddress();
// Also where the page is one of many tabs.
effect(() => {
  store.lists.value;
  const waiting = store.waiting().length;
  document.title = waiting > 0 ? `(${waiting}) Silex` : 'Silex';
});
render(<App />, document.getElementById('page')!);
begin();
