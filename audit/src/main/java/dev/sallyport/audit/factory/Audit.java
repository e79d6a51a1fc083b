package dev.sallyport.audit.factory;

import dev.sallyport.audit.AuditPolicy;
import dev.sallyport.audit.AuditSink;
import java.util.function.Supplier;

/**
 * The visitors' book.
 *
 * @param policy the one in force now
 * @param sink to be closed when the last request has ended
 */
public record Audit(Supplier<AuditPolicy> policy, AuditSink sink) implements AutoCloseable {

  @Override
  public void close() {
    sink.close();
  }
}
