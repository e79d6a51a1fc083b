package dev.sallyport.authn.token.cache;

import java.util.concurrent.atomic.LongAdder;

/** How often others were asked about tokens, and how often that was not needed. Any thread. */
public final class InquiryCounts {
  private final LongAdder remembered = new LongAdder();
  private final LongAdder unknown = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder underWay = new LongAdder();
  private final LongAdder waiting = new LongAdder();

  /** Tokens of which an answer was remembered. */
  public long remembered() {
    return remembered.sum();
  }

  /** Tokens of which none was. */
  public long unknown() {
    return unknown.sum();
  }

  /** Questions that were answered. */
  public long answered() {
    return answered.sum();
  }

  /** Questions that were not, or not in time. */
  public long failed() {
    return failed.sum();
  }

  /** Questions that wait for an answer now. */
  public long underWay() {
    return underWay.sum();
  }

  /** Requests that wait now for the answer to somebody else's question about the same token. */
  public long waiting() {
    return waiting.sum();
  }

  void hit() {
    remembered.increment();
  }

  void missed() {
    unknown.increment();
  }

  void asked() {
    underWay.increment();
  }

  void told(boolean answer) {
    underWay.decrement();
    (answer ? answered : failed).increment();
  }

  void joined() {
    waiting.increment();
  }

  void left() {
    waiting.decrement();
  }
}
