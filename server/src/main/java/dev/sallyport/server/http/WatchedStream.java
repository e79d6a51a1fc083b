package dev.sallyport.server.http;

import java.util.function.Consumer;

/** A writer before which somebody else sees the stream. */
record WatchedStream(Response.StreamWriter writer, Consumer<? super ResponseStream> watcher)
    implements Response.StreamWriter {

  @Override
  public void start(ResponseStream opened) {
    watcher.accept(opened);
    writer.start(opened);
  }

  @Override
  public void abandoned() {
    writer.abandoned();
  }
}
