package dev.sallyport.server.http;

import java.util.function.Consumer;

/** A writer before which somebody else sees the tunnel. */
record WatchedTunnel(Response.TunnelWriter writer, Consumer<? super ResponseStream> watcher)
    implements Response.TunnelWriter {

  @Override
  public void start(Tunnel opened) {
    watcher.accept(opened);
    writer.start(opened);
  }

  @Override
  public void abandoned() {
    writer.abandoned();
  }
}
