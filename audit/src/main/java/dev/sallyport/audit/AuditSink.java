package dev.sallyport.audit;

import dev.sallyport.api.Answer;

/** Where events are kept. Any thread. */
public interface AuditSink extends AutoCloseable {

  /** What became of an event, as far as its request may care. */
  enum Receipt {
    /** The request may go on: the event is kept, or on its way, or its loss has been counted. */
    TAKEN,
    /** The event is lost, and the configuration wants no request to go on without its event. */
    LOST
  }

  /** The answer of a sink that nobody waits for. */
  Answer<Receipt> AT_ONCE = Answer.now(Receipt.TAKEN);

  /**
   * Takes an event. Never blocks, never throws, and the answer never fails. A sink whose events
   * must be kept before a request goes on answers later; every other one answers {@link #AT_ONCE}.
   */
  Answer<Receipt> accept(AuditEvent event);

  /** Keeps what has been accepted, for a few seconds at most, and takes nothing more. */
  @Override
  void close();
}
