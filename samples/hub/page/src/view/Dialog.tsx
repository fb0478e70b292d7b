// The browser's own modal dialog: it keeps the focus, and Escape closes it.
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Props {
  title: string;
  close: () => void;
  children: ComponentChildren;
}

export function Dialog({ title, close, children }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  // Who selects text and lets go beside the dialog wants to keep it.
  const isPressedBeside = useRef(false);
  useLayoutEffect(() => {
    const before = document.activeElement;
    element.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog ref={element} aria-label={title} onClose={close}
      onPointerDown={(event) => (isPressedBeside.current = event.target === element.current)}
      onClick={(event) => event.target === element.current && isPressedBeside.current && close()}>
      <div class="dialog-body">{children}</div>
    </dialog>
  );
}
