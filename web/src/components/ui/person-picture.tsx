import { Icon } from './icon.tsx';

/** The first letter of a person's name in a circle; decorative, because the name is beside it. */
export function PersonPicture({ name }: { readonly name: string | null }) {
  return (
    <span class="person-picture" aria-hidden="true">
      {name === null ? <Icon name="person" /> : Array.from(name)[0]}
    </span>
  );
}
