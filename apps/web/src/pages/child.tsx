import type { ChildView } from '@um/family';
import { Avatar, Badge, Breadcrumbs, Tabs } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { ApiProblem } from '../api/api.js';
import { ageInWords } from '../parts/ages.js';
import { ActivityList, ConsentList, LimitsForm, PolicyForm, ProfileForm } from '../parts/child-settings.js';
import { avatarUrl } from '../parts/drawn.js';
import type { ChildData } from '../parts/page-data.js';
import { definePage } from '../router/page.js';
import { useApp, useHref } from '../state/app.js';

/** What a parent sets for one child. */
export const page = definePage<ChildData>({
  load: async ({ api, params }) => {
    const id = encodeURIComponent(params['id'] ?? '');
    const [child, consents, activity, categories] = await Promise.all([
      api.get<ChildView>(`/families/children/${id}`),
      api.get<{ items: ChildData['consents'] }>('/families/consents'),
      api.get<{ items: ChildData['activity'] }>(`/families/children/${id}/activity`),
      api.get<{ items: ChildData['categories'] }>('/categories'),
    ]);
    if (!child) throw new ApiProblem(404, null);
    return {
      child,
      consents: consents.items.filter((consent) => consent.childId === child.id),
      activity: activity.items,
      // What followed a hidden category is hidden by itself, and may be shown again.
      categories: categories.items.filter(
        ({ id, parentId }) => parentId === null || child.policy.hiddenCategories.includes(id),
      ),
    };
  },
  head: ({ child }, t) => ({ title: `${child.nickname} — ${t.family.settings}`, hidden: true }),
  View: Child,
});

function Child({ data }: { data: ChildData }): ReactElement {
  const { t } = useApp();
  const href = useHref();
  const [tab, setTab] = useState('limits');
  const { child } = data;
  const names = t.child.tabs;
  return (
    <div className="page max-w-4xl! pt-4 sm:pt-6">
      <Breadcrumbs trail={[{ label: t.family.title, href: href('/family') }, { label: child.nickname }]} />
      <div className="my-5 flex items-center gap-4">
        <Avatar name={child.nickname} src={avatarUrl(child.avatar)} size={72} />
        <div>
          <h1 className="text-2xl sm:text-3xl">{child.nickname}</h1>
          <Badge tone="brand">{ageInWords(child.ageMonths, t)}</Badge>
        </div>
      </div>
      <Tabs
        label={t.family.settings}
        current={tab}
        onChange={setTab}
        tabs={[
          { id: 'limits', label: names.limits, content: <LimitsForm data={data} /> },
          { id: 'policy', label: names.policy, content: <PolicyForm data={data} /> },
          { id: 'profile', label: names.profile, content: <ProfileForm data={data} /> },
          { id: 'consent', label: names.consent, content: <ConsentList data={data} /> },
          { id: 'activity', label: names.activity, content: <ActivityList data={data} /> },
        ]}
      />
    </div>
  );
}
