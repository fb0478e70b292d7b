import { defineConfig } from 'vite';

export default defineConfig({
  // The page is served from wherever the hub puts it.
  base: './',
  build: {
    target: 'es2022',
    outDir: 'dist',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // `npm run dev` beside a hub: its address in HUB.
  server: { proxy: { '/socket.io': { target: process.env['HUB'] ?? 'http://127.0.0.1:5118', ws: true } } },
});
