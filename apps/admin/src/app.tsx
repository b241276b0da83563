import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ErrorState, Spinner, ToastProvider } from '@um/ui';
import { Component, type ReactElement, type ReactNode } from 'react';
import { ApiProblem } from './api/problem.js';
import { SignIn } from './pages/sign-in.js';
import { Shell } from './shell/shell.js';
import { LanguageProvider, useT } from './state/language.js';
import { PersonProvider, useMe } from './state/session.js';
import { StepUpProvider } from './state/step-up.js';
import { StoresProvider } from './state/stores.js';
import { Failed } from './parts/listing.js';

const AGAIN = 2;

function makeClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // What the platform refused is refused; only a bad line or a failing server is worth another try.
        retry: (failures, error) =>
          failures < AGAIN && error instanceof ApiProblem && (error.status === 0 || error.status >= 500),
      },
    },
  });
  // The session ended elsewhere: the panel asks again who is here, and shows the door.
  client.getQueryCache().subscribe(({ query, type }) => {
    const error: unknown = query.state.error;
    if (type !== 'updated' || query.queryKey[0] === 'me' || !(error instanceof ApiProblem) || error.status !== 401)
      return;
    if (client.getQueryData(['me'])) void client.invalidateQueries({ queryKey: ['me'] });
  });
  return client;
}

const client = makeClient();

/** The whole panel. */
export function App(): ReactElement {
  return (
    <LanguageProvider>
      <Fence>
        <QueryClientProvider client={client}>
          <ToastProvider>
            <Door />
          </ToastProvider>
        </QueryClientProvider>
      </Fence>
    </LanguageProvider>
  );
}

/** Lets in who is signed in, and shows the sign-in page to everybody else. */
function Door(): ReactElement {
  const me = useMe();
  if (me.isPending)
    return (
      <main className="flex min-h-dvh items-center justify-center text-brand">
        <Spinner size={36} />
      </main>
    );
  if (me.isError) return <Failed error={me.error} onRetry={() => void me.refetch()} />;
  if (!me.data) return <SignIn />;
  return (
    <PersonProvider me={me.data}>
      <StepUpProvider>
        <StoresProvider sells={me.data.roles.includes('seller')}>
          <Shell />
        </StoresProvider>
      </StepUpProvider>
    </PersonProvider>
  );
}

/** A bug while drawing ends here, with a way to begin anew. */
class Fence extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };
  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }
  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken(): ReactElement {
  const t = useT();
  return <ErrorState level={1} title={t.broken} onRetry={() => location.reload()} />;
}
