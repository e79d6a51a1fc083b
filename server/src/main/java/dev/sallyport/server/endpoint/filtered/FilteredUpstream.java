package dev.sallyport.server.endpoint.filtered;

import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.server.netty.exchange.HeaderLines;
import io.netty.channel.EventLoop;

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
    HeaderLines lines = new HeaderLines();
    lines.add("Accept", accept);
    String agent = request.headers().first("user-agent");
    if (agent != null) {
      lines.add("User-Agent", agent);
    }
    String target = terms.bareRows() ? withObjects(request.target()) : request.target();
    return request.rewritten(request.method(), target, lines, request.bodyLength(), "");
  }

  /** A row without its object is of nobody knows what. */
  private static String withObjects(String target) {
    return target.replace("includeObject=None", "includeObject=Metadata");
  }

  @Override
  public void close() {}
}
