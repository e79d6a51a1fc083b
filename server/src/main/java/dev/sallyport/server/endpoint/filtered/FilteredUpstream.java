package dev.sallyport.server.endpoint.filtered;

import dev.sallyport.api.Headers;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An upstream as the user of one request sees it. Of the client's headers nothing passes but what
 * it calls itself and that it wants JSON: the request is ours.
 */
final class FilteredUpstream implements Upstream {

  private final Upstream upstream;
  private final ReadTerms terms;
  private final OpenReads open;
  private final String accept;

  FilteredUpstream(Upstream upstream, ReadTerms terms, OpenReads open, String accept) {
    this.upstream = upstream;
    this.terms = terms;
    this.open = open;
    this.accept = accept;
  }

  @Override
  public UpstreamExchange open(EventLoop loop, UpstreamRequest request, UpstreamReceiver receiver) {
    boolean watch = terms.attributes().request().verb().equals("watch");
    FilteredExchange exchange =
        new FilteredExchange(
            watch ? new WatchFilter(terms) : new ListFilter(terms), open, terms, loop, receiver);
    exchange.start(upstream, ours(request));
    return exchange.tap();
  }

  private UpstreamRequest ours(UpstreamRequest request) {
    List<String> lines = new ArrayList<>(List.of("Accept", accept));
    String agent = request.headers().first("user-agent");
    if (agent != null) {
      lines.add("User-Agent");
      lines.add(agent);
    }
    return new UpstreamRequest(
        request.method(),
        terms.bareRows() ? withObjects(request.target()) : request.target(),
        new Lines(lines),
        request.authority(),
        request.clientAddress(),
        request.protocol(),
        request.user(),
        request.bodyLength(),
        "",
        request.origin());
  }

  /** A row without its object is of nobody knows what. */
  private static String withObjects(String target) {
    return target.replace("includeObject=None", "includeObject=Metadata");
  }

  @Override
  public void close() {}

  /** Names and values by turns. */
  private record Lines(List<String> lines) implements Headers {

    @Override
    public @Nullable String first(String name) {
      List<String> values = all(name);
      return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public List<String> all(String name) {
      List<String> values = new ArrayList<>(1);
      forEach(
          (each, value) -> {
            if (each.equalsIgnoreCase(name)) {
              values.add(value);
            }
          });
      return values;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super String> visitor) {
      for (int i = 0; i < lines.size(); i += 2) {
        visitor.accept(lines.get(i), lines.get(i + 1));
      }
    }
  }
}
