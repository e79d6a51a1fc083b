package dev.sallyport.it;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The JDK's WebSocket client, whose messages are taken one by one. */
final class WebSocketTalk implements WebSocket.Listener {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .sslContext(PlainHttps.trustingAllContext())
          .connectTimeout(Duration.ofSeconds(20))
          .build();

  private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final StringBuilder partial = new StringBuilder();
  private final AtomicLong binary = new AtomicLong();
  private final boolean eager;
  private @Nullable WebSocket socket;

  private WebSocketTalk(boolean eager) {
    this.eager = eager;
  }

  /**
   * @param eager whether messages are taken as they come; else as {@link #take} asks
   * @param header name and value, or ""
   */
  static WebSocketTalk open(
      String url, boolean eager, String header, String value, String... protocols)
      throws Exception {
    WebSocketTalk talk = new WebSocketTalk(eager);
    WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
    if (!header.isEmpty()) {
      builder.header(header, value);
    }
    if (protocols.length > 0) {
      String[] others = java.util.Arrays.copyOfRange(protocols, 1, protocols.length);
      builder.subprotocols(protocols[0], others);
    }
    talk.socket =
        builder
            .buildAsync(URI.create(url.replaceFirst("^https", "wss")), talk)
            .get(30, TimeUnit.SECONDS);
    return talk;
  }

  WebSocket socket() {
    WebSocket open = socket;
    if (open == null) {
      throw new IllegalStateException("not open");
    }
    return open;
  }

  /** Asks for so many more messages. */
  void take(long count) {
    socket().request(count);
  }

  void say(String text) throws Exception {
    socket().sendText(text, true).get(30, TimeUnit.SECONDS);
  }

  void send(byte[] bytes) throws Exception {
    socket().sendBinary(ByteBuffer.wrap(bytes), true).get(60, TimeUnit.SECONDS);
  }

  /** The next text message, {@code <close CODE>} or {@code <error>}. */
  String hears() throws Exception {
    String next = messages.poll(60, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was heard");
    }
    return next;
  }

  /** Bytes of binary messages so far. */
  long binary() {
    return binary.get();
  }

  @Override
  public void onOpen(WebSocket opened) {
    if (eager) {
      opened.request(1);
    }
  }

  private void next(WebSocket from) {
    if (eager) {
      from.request(1);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      messages.add(partial.toString());
      partial.setLength(0);
    }
    next(from);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    binary.addAndGet(data.remaining());
    next(from);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    messages.add("<close " + code + ">");
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    messages.add("<error>");
  }
}
