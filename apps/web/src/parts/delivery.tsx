import type { Address, SavedAddress } from '@um/user';
import { Choice, Input, Select, Textarea } from '@um/ui';
import type { PaymentMethod } from '@um/payment';
import { useState, type ReactElement } from 'react';
import type { z } from 'zod';
import { useApp, useT } from '../state/app.js';
import { regionName } from './regions.js';

export type Saved = z.infer<typeof SavedAddress>;

/** A phone as people type it, in the form the API wants: spaces, brackets and dashes go, a bare local number gets +998. */
export function phoneOf(typed: string): string {
  const digits = typed.replace(/\D/g, '');
  if (digits.length === 9) return `+998${digits}`;
  return `+${digits}`;
}

/** The address of a form made by `AddressFields`. */
export function addressOf(texts: Readonly<Record<string, string>>): Address {
  const { name = '', phone = '', region = '', city = '', line = '', note = '' } = texts;
  return { name, phone: phoneOf(phone), region: region as Address['region'], city, line, ...(note ? { note } : {}) };
}

interface AddressFieldsProps {
  fields: Readonly<Record<string, string>>;
  initial?: Partial<Address> | undefined;
  onRegion?: ((region: string) => void) | undefined;
}

/** What a new address consists of. Errors are named as the API names the fields, with or without `address.` before. */
export function AddressFields({ fields, initial, onRegion }: AddressFieldsProps): ReactElement {
  const { t } = useApp();
  const error = (name: string): string | undefined => fields[name] ?? fields[`address.${name}`];
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Input
        name="name"
        label={t.checkout.name}
        autoComplete="name"
        required
        maxLength={80}
        defaultValue={initial?.name}
        error={error('name')}
      />
      <Input
        name="phone"
        label={t.checkout.phone}
        hint={t.checkout.phoneHint}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        required
        defaultValue={initial?.phone ?? '+998'}
        error={error('phone')}
      />
      <Select
        name="region"
        label={t.checkout.region}
        required
        defaultValue={initial?.region ?? ''}
        error={error('region')}
        onChange={(event) => onRegion?.(event.currentTarget.value)}
      >
        <option value="" disabled>
          {t.checkout.chooseRegion}
        </option>
        {Object.entries(t.regions).map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </Select>
      <Input
        name="city"
        label={t.checkout.city}
        autoComplete="address-level2"
        required
        maxLength={80}
        defaultValue={initial?.city}
        error={error('city')}
      />
      <div className="sm:col-span-2">
        <Input
          name="line"
          label={t.checkout.line}
          autoComplete="street-address"
          required
          minLength={3}
          maxLength={200}
          defaultValue={initial?.line}
          error={error('line')}
        />
      </div>
      <div className="sm:col-span-2">
        <Textarea
          name="note"
          label={`${t.checkout.note} (${t.optional})`}
          maxLength={200}
          rows={2}
          defaultValue={initial?.note}
          error={error('note')}
        />
      </div>
    </div>
  );
}

interface AddressChoiceProps extends AddressFieldsProps {
  saved: readonly Saved[];
}

const NEW = 'new';

/** The saved addresses to choose from, and a new one. In the form, `savedAddress` holds the choice. */
export function AddressChoice({ saved, fields, onRegion }: AddressChoiceProps): ReactElement {
  const { t } = useApp();
  const [chosen, setChosen] = useState(saved[0]?.id ?? NEW);
  if (saved.length === 0) return <AddressFields fields={fields} onRegion={onRegion} />;
  const choose = (id: string): void => {
    setChosen(id);
    onRegion?.(saved.find((address) => address.id === id)?.region ?? '');
  };
  return (
    <div className="flex flex-col gap-4">
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 text-sm font-semibold">{t.checkout.savedAddresses}</legend>
        {saved.map((address) => (
          <Choice
            key={address.id}
            name="savedAddress"
            value={address.id}
            checked={chosen === address.id}
            onChange={() => choose(address.id)}
            label={`${address.name}, ${address.phone}`}
            hint={`${regionName(address.region, t)}, ${address.city}, ${address.line}`}
          />
        ))}
        <Choice
          name="savedAddress"
          value={NEW}
          checked={chosen === NEW}
          onChange={() => choose(NEW)}
          label={t.checkout.newAddress}
        />
      </fieldset>
      {chosen === NEW && <AddressFields fields={fields} onRegion={onRegion} />}
    </div>
  );
}

/** The address chosen or typed in a form made by `AddressChoice`. */
export function chosenAddress(texts: Readonly<Record<string, string>>, saved: readonly Saved[]): Address {
  const found = saved.find((address) => address.id === texts['savedAddress']);
  if (!found) return addressOf(texts);
  const { id: _id, isDefault: _isDefault, ...address } = found;
  return address;
}

/** How it is paid, of the ways that are open. Nothing is chosen beforehand (UXP-02). */
export function PaymentFields({ methods }: { methods: readonly PaymentMethod[] }): ReactElement {
  const t = useT();
  const ways: { value: PaymentMethod; label: string; hint: string }[] = [
    { value: 'sandbox', label: t.checkout.sandbox, hint: t.checkout.sandboxHint },
    { value: 'cash', label: t.checkout.cash, hint: t.checkout.cashHint },
  ];
  return (
    <fieldset className="grid gap-3 sm:grid-cols-2">
      <legend className="sr-only">{t.checkout.payment}</legend>
      {ways
        .filter(({ value }) => methods.includes(value))
        .map((way) => (
          <Choice key={way.value} name="payment" required {...way} />
        ))}
    </fieldset>
  );
}
