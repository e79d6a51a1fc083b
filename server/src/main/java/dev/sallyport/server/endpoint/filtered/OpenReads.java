package dev.sallyport.server.endpoint.filtered;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The filtered answers that are on their way, which are told when rights change. Any thread. */
public final class OpenReads {

  private final Set<FilteredExchange> open = ConcurrentHashMap.newKeySet();

  void add(FilteredExchange exchange) {
    open.add(exchange);
  }

  void remove(FilteredExchange exchange) {
    open.remove(exchange);
  }

  /** Rights have changed, by which somebody may see something else now. */
  public void sightChanged() {
    open.forEach(FilteredExchange::sightChanged);
  }
}
