package dev.sallyport.proxy.streams.translation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.spdy.SpdyEvents;
import dev.sallyport.proxy.streams.spdy.SpdyReader;
import dev.sallyport.proxy.streams.spdy.SpdyWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * An upstream's session of port-forward, with one connection to each port: a stream for what went
 * wrong, and one for the bytes.
 */
final class SpdyPorts implements SpdyEvents {

  /** Hears about the ports, by their place in the list. */
  interface Listener {
    /** The listener owns the bytes. */
    void data(int port, ByteBuf bytes);

    /** The listener owns the bytes. */
    void error(int port, ByteBuf bytes);

    /** Nothing can come any more. */
    void finished();
  }

  private final List<Integer> ports;
  private final Listener listener;
  private final Ends ends;
  private final SpdyReader reader;
  private final SpdyWriter writer;
  private final UsedBytes used;
  private final BitSet awaited = new BitSet();
  private final BitSet silent = new BitSet();

  SpdyPorts(ByteBufAllocator buffers, List<Integer> ports, Listener listener, Ends ends) {
    this.ports = ports;
    this.listener = listener;
    this.ends = ends;
    this.reader = new SpdyReader(buffers, this);
    this.writer = new SpdyWriter(buffers);
    this.used = new UsedBytes(writer, ends::replyToUpstream);
  }

  /** Odd, since a client opens them; the one for errors comes first. */
  private static int errorStream(int port) {
    return 4 * port + 1;
  }

  private static int dataStream(int port) {
    return 4 * port + 3;
  }

  private static boolean isData(int stream) {
    return stream % 4 == 3;
  }

  private boolean known(int stream) {
    return stream % 2 != 0 && stream / 4 < ports.size();
  }

  void open() {
    for (int i = 0; i < ports.size(); i++) {
      open(i, errorStream(i), "error");
      open(i, dataStream(i), "data");
    }
  }

  private void open(int port, int stream, String type) {
    awaited.set(stream);
    Map<String, String> headers =
        Map.of(
            "streamtype",
            type,
            "port",
            Integer.toString(ports.get(port)),
            "requestid",
            Integer.toString(port));
    ends.toUpstream(writer.open(stream, headers));
  }

  /** Until a stream is accepted, Kubernetes throws away what is sent on it. */
  boolean ready() {
    return awaited.isEmpty();
  }

  void read(ByteBuf bytes) throws StreamException {
    reader.read(bytes);
  }

  /** Takes ownership. */
  void send(int port, ByteBuf bytes) {
    if (silent.get(dataStream(port))) {
      bytes.release();
    } else {
      ends.toUpstream(writer.data(dataStream(port), bytes));
    }
  }

  @Override
  public void opened(int stream, boolean last, Map<String, String> headers) {
    ends.replyToUpstream(writer.refuse(stream));
  }

  @Override
  public void replied(int stream, boolean last) {
    awaited.clear(stream);
    if (last) {
      ended(stream);
    }
  }

  @Override
  public void data(int stream, ByteBuf bytes, boolean last) {
    if (!known(stream)) {
      bytes.release();
      return;
    }
    used.add(stream, bytes.readableBytes());
    if (!bytes.isReadable()) {
      bytes.release();
    } else if (isData(stream)) {
      listener.data(stream / 4, bytes);
    } else {
      listener.error(stream / 4, bytes);
    }
    if (last) {
      ended(stream);
    }
  }

  @Override
  public void ended(int stream) {
    if (known(stream)) {
      silent.set(stream);
      if (silent.cardinality() == 2 * ports.size()) {
        listener.finished();
      }
    }
  }

  /** Of a stream that was never accepted the client is told so. */
  @Override
  public void reset(int stream) {
    if (known(stream) && awaited.get(stream)) {
      awaited.clear(stream);
      String what = "the upstream refuses to forward port " + ports.get(stream / 4);
      listener.error(stream / 4, Unpooled.copiedBuffer(what, US_ASCII));
    }
    ended(stream);
  }

  @Override
  public void ping(int id) {
    if (id % 2 == 0) {
      ends.replyToUpstream(writer.ping(id));
    }
  }

  @Override
  public void goneAway() {
    listener.finished();
  }

  @Override
  public void countsWindows() {
    used.begin();
  }

  /** Takes all streams back and says goodbye. */
  void finish() {
    for (int i = 0; i < ports.size(); i++) {
      ends.toUpstream(writer.cancel(errorStream(i)));
      ends.toUpstream(writer.cancel(dataStream(i)));
    }
    ends.toUpstream(writer.leave(0));
  }

  void close() {
    reader.close();
  }
}
