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
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client with a WebSocket before an upstream that speaks SPDY. */
final class ToSpdy {

  private static final int KEY_BYTES = 16;

  private static final Set<ChannelProtocol> COMMANDS = EnumSet.allOf(ChannelProtocol.class);

  /** As a kubelet knows them. */
  private static final Set<ChannelProtocol> PORTS =
      EnumSet.of(ChannelProtocol.UNNAMED, ChannelProtocol.V4, ChannelProtocol.V4_BASE64);

  private final ByteBufAllocator buffers;

  ToSpdy(ByteBufAllocator buffers) {
    this.buffers = buffers;
  }

  /**
   * Null when the client asks for a protocol that has no form in SPDY, which the upstream shall
   * judge itself.
   *
   * @throws StreamException when it is no WebSocket's handshake, or names no ports to forward
   */
  @Nullable Plan plan(UpstreamRequest request, StreamTarget target) throws StreamException {
    List<String> offered =
        StreamProtocols.listed(request.headers().all(StreamProtocols.PROTOCOL_HEADER));
    boolean ports = target.kind() == StreamTarget.Kind.PORTFORWARD;
    if (ports && offered.contains(StreamProtocols.TUNNELED_PORT_FORWARD)) {
      return plan(
          request,
          StreamProtocols.PORT_FORWARD,
          StreamProtocols.TUNNELED_PORT_FORWARD,
          WrappedTranslation.of(buffers, true));
    }
    ChannelProtocol chosen = ChannelProtocol.chosen(offered, ports ? PORTS : COMMANDS);
    if (chosen == null) {
      return null;
    }
    return ports
        ? plan(
            request,
            StreamProtocols.PORT_FORWARD,
            chosen.text(),
            PortChannels.of(buffers, chosen, target.ports()))
        : plan(
            request,
            chosen.tellsStatus() ? StreamProtocols.V4 : StreamProtocols.V3,
            chosen.text(),
            command(target.channels(), chosen));
  }

  private static Plan plan(
      UpstreamRequest request,
      String spoken,
      String chosen,
      Function<Ends, Translation> translation)
      throws StreamException {
    String key = key(request);
    HeaderList headers =
        HeaderList.without(request.headers(), "sec-websocket-")
            .add("X-Stream-Protocol-Version", spoken);
    return new Plan(
        request.rewritten("POST", request.target(), headers, 0, StreamProtocols.SPDY),
        head -> head(head, spoken, chosen, key),
        translation);
  }

  private static String key(UpstreamRequest request) throws StreamException {
    String key = request.headers().first("sec-websocket-key");
    String version = request.headers().first("sec-websocket-version");
    if (!request.method().equals("GET") || key == null || !"13".equals(version)) {
      throw new StreamException("a WebSocket wants GET, a key and version 13");
    }
    try {
      if (Base64.getDecoder().decode(key).length == KEY_BYTES) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      throw new StreamException("a WebSocket's key is 16 bytes as base64", e);
    }
    throw new StreamException("a WebSocket's key is 16 bytes as base64");
  }

  private static UpstreamHead head(UpstreamHead from, String spoken, String chosen, String key)
      throws StreamException {
    String agreed = HeaderList.first(from.lines(), StreamProtocols.VERSION_HEADER);
    if (!agreed.equals(spoken)) {
      throw new StreamException("the upstream speaks \"" + agreed + "\", not " + spoken);
    }
    List<String> lines = HeaderList.without(from.lines(), StreamProtocols.VERSION_HEADER);
    lines.addAll(List.of("sec-websocket-accept", WebSocketKeys.accept(key)));
    if (!chosen.isEmpty()) {
      lines.addAll(List.of(StreamProtocols.PROTOCOL_HEADER, chosen));
    }
    return new UpstreamHead(from.status(), lines, from.length());
  }

  private Function<Ends, Translation> command(
      Set<CommandChannel> channels, ChannelProtocol chosen) {
    return CommandTranslation.of(
        (ends, listener) ->
            new WebSocketEnd(
                buffers, true, chosen, channels, listener, ends::toClient, ends::replyToClient),
        (ends, listener) ->
            new SpdyServerSide(
                buffers, channels, listener, ends::toUpstream, ends::replyToUpstream));
  }
}
