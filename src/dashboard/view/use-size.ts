import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** What a plot is drawn for, so that its letters are as large as the text around it: its room and the height of a letter, px. */
export interface Size {
  readonly width: number;
  readonly height: number;
  readonly em: number;
}

/** The size of an element; null before it is laid out. */
export function useSize<E extends Element>() {
  const element = useRef<E>(null);
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      setSize(width >= 1 ? { width: Math.floor(width), height, em: Number.parseFloat(getComputedStyle(current).fontSize) } : null);
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return { element, size };
}
