package dev.sallyport.server.endpoint.filtered;

import org.jspecify.annotations.Nullable;

/**
 * Leaves out of one answer what its user may not see, and keeps account of what is told. Everything
 * on the exchange's event loop.
 */
interface ReadFilter {

  /** Before the upstream is asked: why it must not be, or null. */
  @Nullable Refusal begin();

  /** The upstream has answered 200: why its answer must not be shown, or null. */
  @Nullable Refusal answered();

  /**
   * Looks at a piece of the answer.
   *
   * @throws UnreadableAnswer when it cannot be looked into; what was told so far must be broken off
   */
  void take(byte[] piece) throws UnreadableAnswer;

  /**
   * The upstream's answer is whole.
   *
   * @throws UnreadableAnswer when it is not
   */
  void end() throws UnreadableAnswer;

  /** What may be seen may have changed. */
  void sightChanged();

  /** What is to be sent now; empty for nothing. */
  byte[] told();

  /** Whether nothing more will be told, so that the upstream need not go on. */
  boolean over();

  /** The exchange is over, in whatever way. */
  void close();
}
