import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useStores } from '../../stores/stores.ts';

/** Creates a component whose code is loaded when it is first rendered. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;

  return function Lazy(props: P) {
    const { toasts } = useStores();
    const [Component, setComponent] = useState(() => loaded);
    useEffect(() => {
      if (Component) return;
      toasts.follow(
        load().then((component) => {
          loaded = component;
          setComponent(() => component);
        }),
      );
    }, []);
    return Component ? <Component {...props} /> : null;
  };
}
