import { Tabs } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { PanelPage } from '../parts/page.js';
import { useT } from '../state/language.js';
import { SearchExplained } from './search-explained.js';
import { Synonyms } from './synonyms.js';

/** What administrators say and see of the search. */
export function Search(): ReactElement {
  const t = useT();
  const [tab, setTab] = useState('synonyms');
  return (
    <PanelPage title={t.search.title} lead={t.search.lead}>
      <Tabs
        label={t.search.title}
        current={tab}
        onChange={setTab}
        tabs={[
          { id: 'synonyms', label: t.search.tabs.synonyms, content: <Synonyms /> },
          { id: 'explain', label: t.search.tabs.explain, content: <SearchExplained /> },
        ]}
      />
    </PanelPage>
  );
}
