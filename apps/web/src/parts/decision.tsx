import type { ApprovalView, DecisionBody } from '@um/family';
import { Button, Checkbox, Choice, Dialog, formatMoney, Note, Section, useToast } from '@um/ui';
import { useRef, useState, type FormEvent, type ReactElement } from 'react';
import type { z } from 'zod';
import { ApiProblem } from '../api/api.js';
import { useApp } from '../state/app.js';
import { useStepUp } from '../state/step-up.js';
import { AddressChoice, chosenAddress, PaymentFields } from './delivery.js';
import { textsOf, useWork } from './form.js';
import type { ApprovalData } from './page-data.js';

type Body = z.infer<typeof DecisionBody>;
type Reason = Extract<Body, { decision: 'deny' }>['reason'];

const reasons: readonly Reason[] = ['not_now', 'too_expensive', 'have_similar', 'talk_first', 'not_suitable'];

/** Sends a decision about exactly what was seen. When the ask has changed meanwhile, the new one is shown and nothing is decided. */
function useDecide(data: ApprovalData, onDone: () => void) {
  const { api, keep, refresh, t } = useApp();
  const withStepUp = useStepUp();
  const toast = useToast();
  const work = useWork();
  const attempt = useRef({ body: '', key: '' });

  const decide = (body: Body, said: string): Promise<boolean> =>
    work.run(async () => {
      const print = JSON.stringify(body);
      if (attempt.current.body !== print) attempt.current = { body: print, key: crypto.randomUUID() };
      try {
        const ask = await withStepUp(() =>
          api.send<ApprovalView>('POST', `/approvals/${data.ask.id}/decision`, body, attempt.current.key),
        );
        if (!ask) return;
        keep({ ...data, ask });
        onDone();
        toast.ok(said);
      } catch (error) {
        if (!(error instanceof ApiProblem) || !['family.SEEN_DIFFERENT', 'family.BAD_STATE'].includes(error.code))
          throw error;
        onDone();
        await refresh();
        toast.problem(error.code === 'family.SEEN_DIFFERENT' ? t.approvals.changedText : error.message);
      }
    });
  return { ...work, decide };
}

/** Two buttons of the same size (UXP-03): agree, with where and how, or refuse, with a reason the child will read. */
export function Decision({ data }: { data: ApprovalData }): ReactElement {
  const { t } = useApp();
  const [open, setOpen] = useState<'approve' | 'deny' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <>
      <div className="grid grid-cols-2 gap-3" data-decision>
        <Button onClick={() => setOpen('approve')}>{t.approvals.approve}</Button>
        <Button kind="secondary" onClick={() => setOpen('deny')}>
          {t.approvals.deny}
        </Button>
      </div>
      <ApproveDialog data={data} open={open === 'approve'} close={close} />
      <DenyDialog data={data} open={open === 'deny'} close={close} />
    </>
  );
}

function ApproveDialog({ data, open, close }: { data: ApprovalData; open: boolean; close: () => void }): ReactElement {
  const { t, locale } = useApp();
  const { busy, problem, fields, decide } = useDecide(data, close);
  // Who agrees says that the warnings were read, when there are any (SAF-14).
  const warned = data.ask.lines.some((line) => line.hazards.length > 0 || line.warnings !== null);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const texts = textsOf(event.currentTarget);
    const payment = texts['payment'] === 'cash' ? 'cash' : 'sandbox';
    void decide(
      {
        decision: 'approve',
        snapshotHash: data.ask.snapshotHash,
        payment,
        ...(data.ask.needsAddress ? { address: chosenAddress(texts, data.addresses) } : {}),
      },
      t.approvals.approvedToast,
    );
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      size="m"
      title={t.approvals.approveTitle}
      actions={
        <>
          <Button type="submit" form="approve" busy={busy} className="grow">
            {t.approvals.approveFor(formatMoney(data.ask.total, locale))}
          </Button>
          <Button kind="secondary" className="grow" onClick={close}>
            {t.cancel}
          </Button>
        </>
      }
    >
      <form id="approve" onSubmit={submit} className="flex flex-col gap-6">
        {data.ask.needsAddress && (
          <Section title={t.checkout.address} level={3}>
            <AddressChoice saved={data.addresses} fields={fields} />
          </Section>
        )}
        <Section title={t.checkout.payment} level={3}>
          <PaymentFields methods={data.ask.methods} />
        </Section>
        {warned && <Checkbox name="seen" required label={t.approvals.seenWarnings} />}
        {problem && (
          <Note tone="danger" role="alert">
            {problem}
          </Note>
        )}
      </form>
    </Dialog>
  );
}

function DenyDialog({ data, open, close }: { data: ApprovalData; open: boolean; close: () => void }): ReactElement {
  const { t } = useApp();
  const { busy, problem, decide } = useDecide(data, close);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const reason = reasons.find((name) => name === textsOf(event.currentTarget)['reason']);
    if (reason) void decide({ decision: 'deny', reason }, t.approvals.deniedToast);
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={t.approvals.denyTitle}
      actions={
        <>
          <Button type="submit" form="deny" busy={busy} className="grow">
            {t.approvals.sendDenial}
          </Button>
          <Button kind="secondary" className="grow" onClick={close}>
            {t.cancel}
          </Button>
        </>
      }
    >
      <form id="deny" onSubmit={submit} className="flex flex-col gap-3">
        <p className="text-ink-soft">{t.approvals.denyText}</p>
        {reasons.map((reason) => (
          <Choice key={reason} name="reason" value={reason} required label={t.approvals.reasons[reason]} />
        ))}
        {problem && (
          <Note tone="danger" role="alert">
            {problem}
          </Note>
        )}
      </form>
    </Dialog>
  );
}
