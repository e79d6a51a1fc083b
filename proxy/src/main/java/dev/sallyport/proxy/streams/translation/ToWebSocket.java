package dev.sallyport.proxy.streams.translation;

import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.proxy.streams.ChannelProtocol;
import dev.sallyport.proxy.streams.CommandChannel;
import dev.sallyport.proxy.streams.HeaderList;
import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.StreamProtocols;
import dev.sallyport.proxy.streams.StreamTarget;
import dev.sallyport.proxy.streams.websocket.WebSocketKeys;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client with SPDY before an upstream that speaks WebSocket. */
final class ToWebSocket {

  private final ByteBufAllocator buffers;

  ToWebSocket(ByteBufAllocator buffers) {
    this.buffers = buffers;
  }

  /**
   * Null when the client asks for a protocol that has no form in a WebSocket, which the upstream
   * shall judge itself.
   */
  @Nullable Plan plan(UpstreamRequest request, StreamTarget target) {
    List<String> offered =
        StreamProtocols.listed(request.headers().all(StreamProtocols.VERSION_HEADER));
    boolean ports = target.kind() == StreamTarget.Kind.PORTFORWARD;
    String chosen = ports ? StreamProtocols.PORT_FORWARD : StreamProtocols.V4;
    if (!offered.contains(chosen)) {
      return null;
    }
    String spoken = ports ? StreamProtocols.TUNNELED_PORT_FORWARD : StreamProtocols.V5;
    String key = WebSocketKeys.next();
    HeaderList headers =
        HeaderList.without(request.headers(), "sec-websocket-", StreamProtocols.VERSION_HEADER)
            .add("Sec-WebSocket-Version", "13")
            .add("Sec-WebSocket-Key", key)
            .add("Sec-WebSocket-Protocol", spoken);
    return new Plan(
        request.rewritten("GET", request.target(), headers, 0, StreamProtocols.WEBSOCKET),
        head -> head(head, spoken, chosen, key),
        ports ? WrappedTranslation.of(buffers, false) : command(target.channels()));
  }

  private static UpstreamHead head(UpstreamHead from, String spoken, String chosen, String key)
      throws StreamException {
    String agreed = HeaderList.first(from.lines(), StreamProtocols.PROTOCOL_HEADER);
    if (!HeaderList.first(from.lines(), "sec-websocket-accept").equals(WebSocketKeys.accept(key))) {
      throw new StreamException("the upstream has not understood the WebSocket's key");
    }
    if (!agreed.equals(spoken)) {
      throw new StreamException("the upstream speaks \"" + agreed + "\", not " + spoken);
    }
    List<String> lines = HeaderList.without(from.lines(), "sec-websocket-");
    lines.addAll(List.of(StreamProtocols.VERSION_HEADER, chosen));
    return new UpstreamHead(from.status(), lines, from.length());
  }

  private Function<Ends, Translation> command(Set<CommandChannel> channels) {
    return CommandTranslation.of(
        (ends, listener) ->
            new SpdyClientSide(buffers, channels, listener, ends::toClient, ends::replyToClient),
        (ends, listener) ->
            new WebSocketEnd(
                buffers,
                false,
                ChannelProtocol.V5,
                channels,
                listener,
                ends::toUpstream,
                ends::replyToUpstream));
  }
}
