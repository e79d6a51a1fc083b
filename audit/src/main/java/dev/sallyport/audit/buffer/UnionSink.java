package dev.sallyport.audit.buffer;

import dev.sallyport.api.Answer;
import dev.sallyport.audit.AuditEvent;
import dev.sallyport.audit.AuditObserver;
import dev.sallyport.audit.AuditSink;
import java.util.List;

/** Counts events and gives each to all sinks; who waits waits for all of them. */
public final class UnionSink implements AuditSink {

  private final List<AuditSink> sinks;
  private final AuditObserver observer;

  public UnionSink(List<AuditSink> sinks, AuditObserver observer) {
    this.sinks = List.copyOf(sinks);
    this.observer = observer;
  }

  @Override
  public Answer<Receipt> accept(AuditEvent event) {
    observer.event(event.judgement().level());
    Answer<Receipt> all = AT_ONCE;
    for (AuditSink sink : sinks) {
      all = both(all, sink.accept(event));
    }
    return all;
  }

  private static Answer<Receipt> both(Answer<Receipt> first, Answer<Receipt> second) {
    if (first == AT_ONCE) {
      return second;
    }
    return second == AT_ONCE
        ? first
        : first.then(one -> second.map(two -> one == Receipt.LOST ? one : two));
  }

  @Override
  public void close() {
    sinks.forEach(AuditSink::close);
  }
}
