package dev.sallyport.server.endpoint.websocket;

import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.proxy.streams.websocket.WebSocketKeys;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.RequestBody;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseHeaders;
import dev.sallyport.server.http.Tunnel;
import dev.sallyport.server.http.Upgrades;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream of frames, each a message of a WebSocket, as kube-apiserver tells watches to who asks
 * so.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-4.2">RFC 6455, 4.2</a>
 */
public final class WebSocketAnswer implements Response.TunnelWriter {

  private static final String VERSION = "13";
  private static final int KEY_LENGTH = 24;

  private final Response.Streamed answer;
  private final boolean text;

  private WebSocketAnswer(Response.Streamed answer, boolean text) {
    this.answer = answer;
    this.text = text;
  }

  /**
   * Whether the request asks for a WebSocket.
   *
   * @throws StatusException 400 when it does so wrongly
   */
  public static boolean wanted(Request request) {
    if (!Upgrades.protocol(request).equals(Upgrades.WEBSOCKET)) {
      return false;
    }
    String key = request.headers().first("sec-websocket-key");
    if (!VERSION.equals(request.headers().first("sec-websocket-version"))) {
      throw new StatusException(Status.badRequest("WebSockets are spoken in version 13 only"));
    }
    if (key == null || key.length() != KEY_LENGTH) {
      throw new StatusException(Status.badRequest("the WebSocket's key is missing or malformed"));
    }
    return true;
  }

  /**
   * The same answer as a WebSocket.
   *
   * @param request for which {@link #wanted} holds
   * @param answer whose every write is one frame
   * @param text whether frames are text; else they begin with their length (4 bytes), which a
   *     message does not need
   */
  public static Response of(Request request, Response.Streamed answer, boolean text) {
    String key = String.valueOf(request.headers().first("sec-websocket-key"));
    ResponseHeaders headers =
        new ResponseHeaders()
            .add("upgrade", Upgrades.WEBSOCKET)
            .add("sec-websocket-accept", WebSocketKeys.accept(key));
    String protocol = protocol(request.headers().all("sec-websocket-protocol"));
    if (protocol != null) {
      headers.add("sec-websocket-protocol", protocol);
    }
    return new Response.Switched(headers, new WebSocketAnswer(answer, text));
  }

  /** What is told has one form only, so the client's first choice is as good as any. */
  private static @Nullable String protocol(List<String> offered) {
    if (offered.isEmpty()) {
      return null;
    }
    String first = offered.get(0);
    int comma = first.indexOf(',');
    String name = (comma < 0 ? first : first.substring(0, comma)).strip();
    return name.isEmpty() ? null : name;
  }

  @Override
  public void start(Tunnel tunnel) {
    MessageStream stream = new MessageStream(tunnel, text);
    RequestBody.Sink client = new ClientFrames(stream, tunnel);
    tunnel.read(client);
    answer.writer().start(stream);
  }

  @Override
  public void abandoned() {
    answer.abandoned();
  }
}
