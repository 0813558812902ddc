// A part that is drawn anew only when what it is given is another.
import { Component, type ComponentType, type FunctionComponent, h } from 'preact'

/** @param same compares what two drawings are given; without it each value by identity */
export function memo<Props extends object>(
  part: FunctionComponent<Props>,
  same: (one: Props, other: Props) => boolean = sameValues,
): ComponentType<Props> {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      return !same(this.props, next)
    }
    override render() {
      return h(part as FunctionComponent<object>, this.props)
    }
  }
}

/** Two plain values whose fields are the same ones; null is the same as null alone. */
export function sameValues(one: object | null, other: object | null): boolean {
  if (one === null || other === null) return one === other
  const before = Object.entries(one)
  return (
    before.length === Object.keys(other).length &&
    before.every(([name, value]) => Object.is(value, (other as Record<string, unknown>)[name]))
  )
}
