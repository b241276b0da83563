import type { ProductView } from '@um/product';
import { Button, Input } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { get } from '../api/api.js';
import { useFailureText } from '../state/failures.js';
import { useT } from '../state/language.js';

/** The address of a product within what somebody pasted: a whole link, a path or the address itself; null for anything else. */
export function slugIn(pasted: string): string | null {
  const found = /(?:^|\/p\/)([a-z0-9][a-z0-9-]{0,119})\/?(?:[?#].*)?$/.exec(pasted.trim());
  return found ? found[1]! : null;
}

/** Finds a product by its address in the shop. */
export function ProductLink({ label, found }: { label: string; found: (product: ProductView) => void }): ReactElement {
  const t = useT();
  const say = useFailureText();
  const [link, setLink] = useState('');
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const find = async (): Promise<void> => {
    const slug = slugIn(link);
    if (slug === null) return setProblem(t.market.offer.badLink);
    try {
      found(await get<ProductView>(`/products/${slug}`));
      setProblem(undefined);
    } catch (error) {
      setProblem(say(error));
    }
  };
  return (
    <div className="flex items-end gap-2">
      <div className="grow">
        <Input label={label} value={link} error={problem} onChange={(event) => setLink(event.currentTarget.value)} />
      </div>
      <Button kind="secondary" onClick={() => void find()}>
        {t.market.offer.find}
      </Button>
    </div>
  );
}
