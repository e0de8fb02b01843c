import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The portal is built from `web/` into `dist/`, which the server serves; in development the API is the server on its usual port. */
export default defineConfig({
  root: 'web',
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    // A data: URL for a small file would need a looser content security policy than the portal is served with.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    reportCompressedSize: true,
  },
  server: { port: 5173, proxy: { '/api': 'http://127.0.0.1:8787' } },
});
