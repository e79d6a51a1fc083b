package dev.sallyport.expressions.cel;

/** What evaluations may cost together, in the units of {@link Expression#cost}. For one thread. */
public final class Budget {
  private long left;

  public Budget(long units) {
    this.left = units;
  }

  /** What is left; below zero when an evaluation was cut off. */
  public long left() {
    return left;
  }

  public boolean exhausted() {
    return left < 0;
  }

  /** Takes some of it. */
  public void spend(long units) {
    left -= units;
  }
}
