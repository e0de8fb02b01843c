import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ConfigProvider } from 'antd';
import { StrictMode, useMemo } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/queries.ts';
import { startTexts } from './i18n.ts';
import './look/tokens.css';
import './look/base.css';
import { antdTheme } from './look/theme.ts';
import { useShade, useStill } from './parts/shade.ts';
import { router } from './routes.tsx';

function Portal() {
  const shade = useShade();
  const still = useStill();
  const theme = useMemo(() => antdTheme(shade, still), [shade, still]);
  return (
    <ConfigProvider theme={theme} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}

await startTexts();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Portal />
  </StrictMode>,
);
