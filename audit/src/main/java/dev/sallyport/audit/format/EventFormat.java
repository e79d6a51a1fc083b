package dev.sallyport.audit.format;

import dev.sallyport.audit.AuditEvent;

/** How an event reads. Instances keep nothing between events; any thread. */
public interface EventFormat {

  /**
   * Adds the event, without anything that ends it.
   *
   * @param objects whether it is written with the objects it carries; without them it says that it
   *     has been cut
   */
  void write(JsonBuffer out, AuditEvent event, boolean objects);
}
