package dev.sallyport.server.endpoint.filtered;

import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.proxy.streams.HeaderList;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands between an upstream and a client, and lets pass what the filter leaves. Refusals of the
 * upstream pass as they are. On its event loop, but for {@link #sightChanged}.
 */
final class FilteredExchange implements UpstreamReceiver {

  private static final Set<String> OF_THE_WHOLE =
      Set.of("content-length", "etag", "last-modified", "accept-ranges", "digest", "content-md5");

  private final ReadFilter filter;
  private final OpenReads open;
  private final ReadTerms terms;
  private final EventLoop loop;
  private final UpstreamReceiver client;
  private @Nullable UpstreamExchange upstream;
  private boolean filtering;
  private boolean over;

  /**
   * @param terms of the read; without full sight the upstream is asked on nobody's behalf
   */
  FilteredExchange(
      ReadFilter filter, OpenReads open, ReadTerms terms, EventLoop loop, UpstreamReceiver client) {
    this.filter = filter;
    this.open = open;
    this.terms = terms;
    this.loop = loop;
    this.client = client;
  }

  void start(Upstream to, UpstreamRequest request) {
    Refusal no = filter.begin();
    if (no != null) {
      refuse(no);
      return;
    }
    UpstreamExchange opened = to.open(loop, request, this);
    upstream = opened;
    if (over) {
      opened.cancel();
    }
  }

  /** Any thread. */
  void sightChanged() {
    loop.execute(
        () -> {
          if (!over && filtering) {
            filter.sightChanged();
            tell();
            client.idle();
          }
        });
  }

  // From the upstream

  @Override
  public void ready() {
    client.ready();
  }

  @Override
  public void writable() {
    client.writable();
  }

  @Override
  public void head(UpstreamHead head) {
    if (over) {
      return;
    }
    String fault = fault(head);
    if (fault != null) {
      giveUp(fault);
      return;
    }
    if (head.status() == 410 && nameless()) {
      refuse(Refusal.of(OpenedPage.expired())); // the cluster's own may name where it stopped
      return;
    }
    if (head.status() >= 400) {
      client.head(head);
      return;
    }
    filtering = true;
    open.add(this); // before the sight is looked at, so that no change is missed
    Refusal no = filter.answered();
    if (no != null) {
      refuse(no);
    } else {
      client.head(new UpstreamHead(200, kept(head.lines()), -1));
    }
  }

  /** What of it cannot be looked into, or null. */
  private @Nullable String fault(UpstreamHead head) {
    if (nameless() && (head.status() == 401 || head.status() == 403)) {
      return "does not let this server read what it is asked to filter";
    }
    if (head.status() >= 400) {
      return null;
    }
    String type = HeaderList.first(head.lines(), "content-type");
    boolean json = type.equals("application/json") || type.startsWith("application/json;");
    return head.status() == 200
            && json
            && HeaderList.first(head.lines(), "content-encoding").isEmpty()
        ? null
        : "answered with something that cannot be filtered";
  }

  private static List<String> kept(List<String> lines) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < lines.size(); i += 2) {
      if (!OF_THE_WHOLE.contains(lines.get(i))) {
        kept.add(lines.get(i));
        kept.add(lines.get(i + 1));
      }
    }
    return kept;
  }

  @Override
  public void switched(UpstreamHead head) {
    giveUp("switched protocols unasked");
  }

  @Override
  public void data(ByteBuf piece) {
    if (over) {
      piece.release();
      return;
    }
    if (!filtering) {
      client.data(piece);
      return;
    }
    byte[] bytes;
    try {
      bytes = ByteBufUtil.getBytes(piece);
    } finally {
      piece.release();
    }
    try {
      filter.take(bytes);
      tell();
    } catch (UnreadableAnswer e) {
      giveUp("sent " + e.getMessage());
    }
  }

  private void tell() {
    byte[] told = filter.told();
    if (told.length > 0) {
      client.data(Unpooled.wrappedBuffer(told));
    }
    if (filter.over()) {
      cancel();
      client.ended(List.of());
    }
  }

  @Override
  public void idle() {
    if (!over) {
      client.idle();
    }
  }

  @Override
  public void ended(List<String> trailers) {
    if (over) {
      return;
    }
    try {
      if (filtering) {
        filter.end();
      }
      close();
      client.ended(List.of());
    } catch (UnreadableAnswer e) {
      giveUp("sent " + e.getMessage());
    }
  }

  @Override
  public void failed(UpstreamException cause) {
    if (!over) {
      close();
      client.failed(cause);
    }
  }

  private boolean nameless() {
    return !terms.sighting().granted();
  }

  private void giveUp(String what) {
    cancel();
    client.failed(
        new UpstreamException(
            UpstreamException.Kind.MALFORMED, terms.upstream() + " " + what, null));
  }

  private void refuse(Refusal no) {
    cancel();
    List<String> lines = new ArrayList<>(List.of("content-type", "application/json"));
    boolean watch = no.status() == 200; // whose answers have no length
    client.head(new UpstreamHead(no.status(), lines, watch ? -1 : no.body().length));
    client.data(Unpooled.wrappedBuffer(no.body()));
    client.ended(List.of());
  }

  private void close() {
    if (!over) {
      over = true;
      open.remove(this);
      filter.close();
    }
  }

  /** Nothing more comes from the upstream; the client is told by whoever calls. */
  private void cancel() {
    UpstreamExchange running = upstream;
    if (!over && running != null) {
      running.cancel();
    }
    close();
  }

  /** The client's side. */
  UpstreamExchange tap() {
    return new Tap();
  }

  private final class Tap implements UpstreamExchange {

    private UpstreamExchange running() {
      UpstreamExchange running = upstream;
      return running == null ? UpstreamExchange.NONE : running;
    }

    @Override
    public boolean writable() {
      return running().writable();
    }

    @Override
    public void write(ByteBuf piece) {
      running().write(piece);
    }

    @Override
    public void end() {
      running().end();
    }

    @Override
    public void end(List<String> trailers) {
      running().end(trailers);
    }

    @Override
    public void pause() {
      running().pause();
    }

    @Override
    public void resume() {
      running().resume();
    }

    @Override
    public void cancel() {
      FilteredExchange.this.cancel();
    }
  }
}
