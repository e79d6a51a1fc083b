package dev.sallyport.proxy.streams.translation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.UserInfo;
import dev.sallyport.config.StreamingProtocol;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.proxy.streams.FakeUpstream;
import dev.sallyport.proxy.streams.HeaderList;
import dev.sallyport.proxy.streams.NoHeaders;
import dev.sallyport.proxy.streams.websocket.WebSocketKeys;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyGoAwayFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdyWindowUpdateFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyHeadersFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.handler.codec.spdy.SpdyWindowUpdateFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both peers are Netty's own codecs; between them stands what is tested. */
final class TranslatingUpstreamTest {

  private static final String POD = "/api/v1/namespaces/shop/pods/web/";
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private final EventLoop loop = new DefaultEventLoop();
  private final FakeUpstream ends = new FakeUpstream();
  private final EmbeddedChannel spdy =
      new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
  private final EmbeddedChannel webSocketClient =
      new EmbeddedChannel(
          new WebSocket13FrameDecoder(false, false, 1 << 20, false),
          new WebSocket13FrameEncoder(true));
  private final EmbeddedChannel webSocketServer =
      new EmbeddedChannel(
          new WebSocket13FrameDecoder(true, false, 1 << 20, false),
          new WebSocket13FrameEncoder(false));
  private UpstreamExchange exchange = UpstreamExchange.NONE;

  @AfterEach
  void close() {
    exchange.cancel();
    spdy.finishAndReleaseAll();
    webSocketClient.finishAndReleaseAll();
    webSocketServer.finishAndReleaseAll();
    loop.shutdownGracefully();
  }

  // Asking

  private static UpstreamRequest request(String method, String rest, String upgrade, String... h) {
    HeaderList headers = HeaderList.without(new NoHeaders());
    for (int i = 0; i < h.length; i += 2) {
      headers.add(h[i], h[i + 1]);
    }
    return new UpstreamRequest(
        method,
        POD + rest,
        headers,
        "h",
        "127.0.0.1",
        "1.1",
        new UserInfo("ann", "", List.of(), Map.of()),
        0,
        upgrade);
  }

  private static UpstreamRequest webSocket(String rest, String protocol) {
    return request(
        "GET",
        rest,
        "websocket",
        "Sec-WebSocket-Key",
        KEY,
        "Sec-WebSocket-Version",
        "13",
        "Sec-WebSocket-Extensions",
        "permessage-deflate",
        "Sec-WebSocket-Protocol",
        protocol,
        "Accept",
        "x");
  }

  private static UpstreamRequest spdy(String rest, String... protocols) {
    String[] headers = new String[protocols.length * 2];
    for (int i = 0; i < protocols.length; i++) {
      headers[2 * i] = "X-Stream-Protocol-Version";
      headers[2 * i + 1] = protocols[i];
    }
    return request("POST", rest, "SPDY/3.1", headers);
  }

  private void open(StreamingProtocol streaming, UpstreamRequest request) {
    Upstream upstream = TranslatingUpstream.around(ends, streaming, ByteBufAllocator.DEFAULT);
    exchange = upstream.open(loop, request, ends.client());
  }

  private void switched(String... lines) {
    ends.receiver().switched(new UpstreamHead(101, List.of(lines), -1));
  }

  // Talking

  private static List<Object> read(EmbeddedChannel peer, ByteBuf bytes) {
    peer.writeInbound(bytes.readRetainedSlice(bytes.readableBytes()));
    List<Object> read = new ArrayList<>();
    for (Object next = peer.readInbound(); next != null; next = peer.readInbound()) {
      read.add(next);
    }
    return read;
  }

  private static ByteBuf bytes(EmbeddedChannel peer, Object frame) {
    peer.writeOutbound(frame);
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf part = peer.readOutbound(); part != null; part = peer.readOutbound()) {
      all.writeBytes(part);
      part.release();
    }
    return all;
  }

  private void upstreamSays(Object frame) {
    ends.receiver().data(bytes(frame instanceof WebSocketFrame ? webSocketServer : spdy, frame));
  }

  private void clientSays(Object frame) {
    exchange.write(bytes(frame instanceof WebSocketFrame ? webSocketClient : spdy, frame));
  }

  private static WebSocketFrame message(int channel, String text) {
    return new BinaryWebSocketFrame(
        Unpooled.buffer().writeByte(channel).writeBytes(text.getBytes(UTF_8)));
  }

  private static SpdyDataFrame data(int stream, String text) {
    return new DefaultSpdyDataFrame(stream, Unpooled.copiedBuffer(text, UTF_8));
  }

  private static String text(Object frame) {
    ByteBuf content =
        frame instanceof SpdyDataFrame data
            ? data.content()
            : assertInstanceOf(WebSocketFrame.class, frame).content();
    String text = content.toString(UTF_8);
    content.release();
    return text;
  }

  private static List<String> texts(List<Object> frames) {
    return frames.stream().map(TranslatingUpstreamTest::text).toList();
  }

  private static Object reply(int stream) {
    SpdyHeadersFrame frame = new DefaultSpdySynReplyFrame(stream);
    frame.headers().set("a", "b");
    return frame;
  }

  private static Object opening(int stream, String type) {
    SpdyHeadersFrame frame = new DefaultSpdySynStreamFrame(stream, 0, (byte) 0);
    frame.headers().set("streamtype", type);
    return frame;
  }

  // A client with a WebSocket, an upstream with SPDY

  /** Opens exec with stdin; the upstream's streams are error 7, stdin 1, stdout 3, stderr 5. */
  private void openToSpdy(String protocol) {
    open(StreamingProtocol.SPDY, webSocket("exec?command=cat&stdin=true", protocol));
    switched("x-stream-protocol-version", "v4.channel.k8s.io");
    for (Object frame : read(spdy, ends.toUpstream)) {
      upstreamSays(reply(assertInstanceOf(SpdySynStreamFrame.class, frame).streamId()));
    }
    texts(read(webSocketClient, ends.toClient));
  }

  @Test
  void aWebSocketIsAskedForAsSpdy() {
    open(StreamingProtocol.SPDY, webSocket("exec?command=ls", "v5.channel.k8s.io"));
    UpstreamRequest asked = ends.request();
    assertEquals("POST", asked.method());
    assertEquals("SPDY/3.1", asked.upgrade());
    assertEquals(POD + "exec?command=ls", asked.target());
    assertEquals("v4.channel.k8s.io", asked.headers().first("X-Stream-Protocol-Version"));
    assertEquals("x", asked.headers().first("accept"));
    assertNull(asked.headers().first("Sec-WebSocket-Key"));
    assertNull(asked.headers().first("Sec-WebSocket-Extensions"));
    switched("x-stream-protocol-version", "v4.channel.k8s.io", "date", "now");
    assertEquals(
        List.of(
            "date",
            "now",
            "sec-websocket-accept",
            "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            "sec-websocket-protocol",
            "v5.channel.k8s.io"),
        ends.head().lines());
  }

  @Test
  void streamsAreOpenedAsTheQueryWantsThem() {
    open(
        StreamingProtocol.SPDY,
        webSocket("exec?command=sh&stdin=true&stdout=true&tty=true", "v5.channel.k8s.io"));
    switched("x-stream-protocol-version", "v4.channel.k8s.io");
    List<String> types = new ArrayList<>();
    for (Object frame : read(spdy, ends.toUpstream)) {
      types.add(((SpdySynStreamFrame) frame).headers().getAsString("streamtype"));
    }
    assertEquals(List.of("stdin", "stdout", "error", "resize"), types);
  }

  @Test
  void theClientWaitsUntilTheStreamsAreAccepted() {
    open(StreamingProtocol.SPDY, webSocket("exec?command=cat&stdin=true", "v5.channel.k8s.io"));
    switched("x-stream-protocol-version", "v4.channel.k8s.io");
    assertFalse(exchange.writable());
    for (Object frame : read(spdy, ends.toUpstream)) {
      upstreamSays(reply(((SpdySynStreamFrame) frame).streamId()));
    }
    assertTrue(exchange.writable());
    assertEquals(1, ends.clientMayWrite);
  }

  @Test
  void messagesBecomeData() {
    openToSpdy("v5.channel.k8s.io");
    clientSays(message(0, "input"));
    clientSays(message(255, "\0"));
    List<Object> said = read(spdy, ends.toUpstream);
    assertEquals(1, ((SpdyDataFrame) said.get(0)).streamId());
    assertTrue(((SpdyDataFrame) said.get(1)).isLast());
    assertEquals(List.of("input", ""), texts(said));
  }

  @Test
  void dataBecomesMessages() {
    openToSpdy("v5.channel.k8s.io");
    upstreamSays(data(3, "out"));
    upstreamSays(data(5, "err"));
    upstreamSays(data(7, "{\"status\":\"Success\"}"));
    assertEquals(
        List.of("\1out", "\2err", "\3{\"status\":\"Success\"}"),
        texts(read(webSocketClient, ends.toClient)));
  }

  @Test
  void theEndIsSaidToBoth() {
    openToSpdy("v5.channel.k8s.io");
    upstreamSays(data(7, "{}"));
    for (int stream = 1; stream < 9; stream += 2) {
      upstreamSays(new DefaultSpdyRstStreamFrame(stream, 5));
    }
    List<Object> told = read(webSocketClient, ends.toClient);
    CloseWebSocketFrame closed = assertInstanceOf(CloseWebSocketFrame.class, told.get(1));
    assertEquals(1000, closed.statusCode());
    texts(told);
    assertTrue(ends.clientEnded);
    assertTrue(ends.upstreamEnded);
    List<Object> said = read(spdy, ends.toUpstream);
    assertInstanceOf(SpdyGoAwayFrame.class, said.get(said.size() - 1));
  }

  @Test
  void anUpstreamThatGoesWithoutAStatusIsNoNormalEnd() {
    openToSpdy("v5.channel.k8s.io");
    ends.receiver().ended(List.of());
    CloseWebSocketFrame closed =
        assertInstanceOf(CloseWebSocketFrame.class, read(webSocketClient, ends.toClient).get(0));
    assertEquals(1011, closed.statusCode());
    closed.release();
    assertTrue(ends.clientEnded);
  }

  /** Whatever reason a client gives, even one that nobody may give: it gets the usual answer. */
  @ParameterizedTest
  @ValueSource(strings = {"", "03e8", "03ed", "0000", "ffff", "03e8ff", "03"})
  void aClientThatClosesIsToldThatAllIsWell(String reason) {
    openToSpdy("v5.channel.k8s.io");
    byte[] payload = ByteBufUtil.decodeHexDump(reason);
    clientSays(new CloseWebSocketFrame(true, 0, Unpooled.wrappedBuffer(payload)));
    CloseWebSocketFrame closed =
        assertInstanceOf(CloseWebSocketFrame.class, read(webSocketClient, ends.toClient).get(0));
    assertEquals(1000, closed.statusCode());
    closed.release();
    assertTrue(ends.clientEnded);
    assertTrue(ends.upstreamEnded);
    List<Object> said = read(spdy, ends.toUpstream);
    assertInstanceOf(SpdyRstStreamFrame.class, said.get(0));
    assertInstanceOf(SpdyGoAwayFrame.class, said.get(said.size() - 1));
  }

  /** Whoever has said all may reset its socket; the client has not got all of it yet. */
  @Test
  void anUpstreamThatBreaksAfterItsEndBreaksNothing() {
    openToSpdy("v5.channel.k8s.io");
    upstreamSays(data(7, "{}"));
    for (int stream = 1; stream < 9; stream += 2) {
      upstreamSays(new DefaultSpdyRstStreamFrame(stream, 5));
    }
    ends.receiver()
        .failed(new UpstreamException(UpstreamException.Kind.BROKEN, "connection reset", null));
    assertNull(ends.failure);
    assertTrue(ends.clientEnded);
  }

  @Test
  void pingsOfBothAreAnswered() {
    openToSpdy("v5.channel.k8s.io");
    clientSays(new PingWebSocketFrame(Unpooled.copiedBuffer("beat", UTF_8)));
    assertEquals(List.of("beat"), texts(read(webSocketClient, ends.toClient)));
    upstreamSays(new DefaultSpdyPingFrame(2));
    assertEquals(2, ((SpdyPingFrame) read(spdy, ends.toUpstream).get(0)).id());
  }

  @Test
  void base64MessagesAreDecodedAndEncoded() {
    openToSpdy("v4.base64.channel.k8s.io");
    clientSays(new TextWebSocketFrame("0aW5wdXQ="));
    assertEquals(List.of("input"), texts(read(spdy, ends.toUpstream)));
    upstreamSays(data(3, "out"));
    assertEquals(List.of("1b3V0"), texts(read(webSocketClient, ends.toClient)));
  }

  @Test
  void usedWindowsAreGivenBackToWhoCountsThem() {
    openToSpdy("v5.channel.k8s.io");
    upstreamSays(data(3, "x".repeat(40_000)));
    assertEquals(0, ends.toUpstream.readableBytes());
    upstreamSays(new DefaultSpdyWindowUpdateFrame(1, 10));
    upstreamSays(data(3, "x".repeat(40_000)));
    texts(read(webSocketClient, ends.toClient));
    List<Integer> streams = new ArrayList<>();
    for (Object frame : read(spdy, ends.toUpstream)) {
      streams.add(assertInstanceOf(SpdyWindowUpdateFrame.class, frame).streamId());
    }
    assertEquals(List.of(3, 0), streams);
  }

  // A client with SPDY, an upstream with a WebSocket

  private void openToWebSocket(String... types) {
    open(
        StreamingProtocol.WEBSOCKET,
        spdy("exec?command=cat&stdin=true", "v5.channel.k8s.io", "v4.channel.k8s.io"));
    String key = String.valueOf(ends.request().headers().first("Sec-WebSocket-Key"));
    switched(
        "sec-websocket-accept",
        WebSocketKeys.accept(key),
        "sec-websocket-protocol",
        "v5.channel.k8s.io");
    int stream = 1;
    for (String type : types) {
      clientSays(opening(stream, type));
      assertEquals(
          stream,
          assertInstanceOf(SpdySynReplyFrame.class, read(spdy, ends.toClient).get(0)).streamId());
      stream += 2;
    }
  }

  @Test
  void spdyIsAskedForAsAWebSocket() {
    openToWebSocket();
    UpstreamRequest asked = ends.request();
    assertEquals("GET", asked.method());
    assertEquals("websocket", asked.upgrade());
    assertEquals("v5.channel.k8s.io", asked.headers().first("Sec-WebSocket-Protocol"));
    assertEquals("13", asked.headers().first("Sec-WebSocket-Version"));
    assertNull(asked.headers().first("X-Stream-Protocol-Version"));
    assertEquals(List.of("x-stream-protocol-version", "v4.channel.k8s.io"), ends.head().lines());
  }

  @Test
  void dataOfTheClientBecomesMessages() {
    openToWebSocket("error", "stdin", "stdout", "stderr");
    clientSays(data(3, "input"));
    clientSays(new DefaultSpdyDataFrame(3).setLast(true));
    assertEquals(
        List.of("\0input", "closes 0"),
        List.of(
            text(read(webSocketServer, ends.toUpstream.readSlice(12)).get(0)),
            closes(read(webSocketServer, ends.toUpstream).get(0))));
  }

  private static String closes(Object frame) {
    ByteBuf content = ((WebSocketFrame) frame).content();
    assertEquals(255, content.readUnsignedByte());
    String closed = "closes " + content.readUnsignedByte();
    content.release();
    return closed;
  }

  @Test
  void whatComesBeforeTheStreamsAreOpenedWaits() {
    openToWebSocket("error", "stdin", "stdout");
    upstreamSays(message(1, "early"));
    assertTrue(ends.paused);
    assertEquals(0, ends.toClient.readableBytes());
    clientSays(opening(7, "stderr"));
    List<Object> told = read(spdy, ends.toClient);
    assertEquals("early", text(told.get(1)));
    assertFalse(ends.paused);
  }

  @Test
  void theUpstreamsCloseEndsEveryStream() {
    openToWebSocket("error", "stdin", "stdout", "stderr");
    upstreamSays(message(3, "{}"));
    upstreamSays(new CloseWebSocketFrame(1000, ""));
    List<Object> told = read(spdy, ends.toClient);
    assertEquals("{}", text(told.get(0)));
    for (Object frame : told.subList(1, 5)) {
      assertTrue(assertInstanceOf(SpdyDataFrame.class, frame).isLast());
      text(frame);
    }
    assertInstanceOf(SpdyGoAwayFrame.class, told.get(5));
    assertTrue(ends.clientEnded);
  }

  @Test
  void aStreamThatNobodyAskedForIsRefused() {
    openToWebSocket("error");
    clientSays(opening(3, "resize"));
    clientSays(opening(5, "shell"));
    clientSays(opening(7, "error"));
    for (Object frame : read(spdy, ends.toClient)) {
      assertInstanceOf(SpdyRstStreamFrame.class, frame);
    }
    assertNull(ends.failure);
  }

  /** Attack case 173: who asks and never reads is not answered without end. */
  @Test
  void case173AClientThatAsksForAnswersAndReadsNoneIsEnded() {
    openToWebSocket("error");
    exchange.pause();
    for (int i = 0; i < 1000 && ends.failure == null; i++) {
      clientSays(new DefaultSpdyPingFrame(2 * i + 1));
    }
    assertNotNull(ends.failure);
    assertTrue(ends.cancelled);
    assertTrue(ends.toClient.readableBytes() < 2000, "answers were kept without bound");
  }

  /** The session ends amid a piece of which much is left to be read. */
  @Test
  void case173AFloodInOnePieceEndsTheSessionOnce() {
    openToWebSocket("error");
    exchange.pause();
    ByteBuf flood = Unpooled.buffer();
    for (int i = 0; i < 1000; i++) {
      flood.writeBytes(bytes(spdy, new DefaultSpdyPingFrame(2 * i + 1)));
    }
    exchange.write(flood);
    assertNotNull(ends.failure);
    assertEquals(0, flood.refCnt());
    assertTrue(ends.toClient.readableBytes() < 2000, "answers were kept without bound");
  }

  @Test
  void case173AFloodOfPingsInOnePieceEndsTheSessionOnce() {
    openToSpdy("v5.channel.k8s.io");
    exchange.pause();
    ByteBuf flood = Unpooled.buffer();
    for (int i = 0; i < 1000; i++) {
      flood.writeBytes(bytes(webSocketClient, new PingWebSocketFrame()));
    }
    exchange.write(flood);
    assertNotNull(ends.failure);
    assertEquals(0, flood.refCnt());
  }

  @Test
  void case173AnUpstreamThatAsksForAnswersAndReadsNoneIsEnded() {
    openToWebSocket("error", "stdin", "stdout", "stderr");
    ends.takes = false;
    for (int i = 0; i < 1000 && ends.failure == null; i++) {
      upstreamSays(new PingWebSocketFrame(Unpooled.copiedBuffer("x".repeat(100), UTF_8)));
    }
    assertNotNull(ends.failure);
    assertTrue(ends.toUpstream.readableBytes() < 20_000, "answers were kept without bound");
  }

  @Test
  void brokenFramesEndBothSides() {
    openToWebSocket("error");
    exchange.write(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("8002000100000000")));
    assertNotNull(ends.failure);
    assertTrue(ends.cancelled);
    exchange.write(Unpooled.wrappedBuffer(new byte[10]));
    ends.receiver().data(Unpooled.wrappedBuffer(new byte[10]));
    assertEquals(0, ends.toUpstream.readableBytes());
  }

  // Peers that misbehave

  /** What waited for the client goes with the session; a leak would fail the test. */
  @Test
  void case173AnUpstreamThatDiesTakesWhatWaitedWithIt() {
    openToWebSocket("error", "stdin");
    upstreamSays(message(1, "early"));
    upstreamSays(message(1, "and more"));
    assertTrue(ends.paused);
    ends.receiver().failed(new UpstreamException(UpstreamException.Kind.BROKEN, "reset", null));
    assertNotNull(ends.failure);
    assertEquals(0, ends.toClient.readableBytes());
    clientSays(opening(5, "stdout"));
    assertEquals(0, ends.toClient.readableBytes());
  }

  @Test
  void anUpstreamThatGoesAwayEndsBothSides() {
    openToSpdy("v5.channel.k8s.io");
    upstreamSays(new DefaultSpdyGoAwayFrame(7, 0));
    upstreamSays(data(3, "too late"));
    List<Object> told = read(webSocketClient, ends.toClient);
    assertEquals(1, told.size());
    assertInstanceOf(CloseWebSocketFrame.class, told.get(0)).release();
    assertTrue(ends.clientEnded);
    assertTrue(ends.upstreamEnded);
  }

  @Test
  void aStreamThatTheClientHasResetHearsNoMore() {
    openToWebSocket("error", "stdin", "stdout", "stderr");
    clientSays(new DefaultSpdyRstStreamFrame(5, 5));
    upstreamSays(message(1, "to nobody"));
    upstreamSays(message(2, "to stderr"));
    assertEquals(List.of("to stderr"), texts(read(spdy, ends.toClient)));
    assertNull(ends.failure);
  }

  @Test
  void inputBehindItsEndIsDropped() {
    openToSpdy("v5.channel.k8s.io");
    clientSays(message(255, "\0"));
    clientSays(message(0, "late"));
    List<Object> said = read(spdy, ends.toUpstream);
    assertEquals(List.of(""), texts(said));
  }

  /** A ping amid a message in parts, whose parts are cut anywhere. */
  @Test
  void controlFramesBetweenPartsDisturbNothing() {
    openToSpdy("v5.channel.k8s.io");
    ByteBuf all = bytes(webSocketClient, new BinaryWebSocketFrame(false, 0, words("\0he")));
    all.writeBytes(bytes(webSocketClient, new PingWebSocketFrame(words("p"))));
    all.writeBytes(bytes(webSocketClient, new ContinuationWebSocketFrame(true, 0, words("llo"))));
    while (all.isReadable()) {
      exchange.write(Unpooled.copiedBuffer(all.readSlice(1)));
    }
    assertEquals("hello", String.join("", texts(read(spdy, ends.toUpstream))));
    assertEquals(List.of("p"), texts(read(webSocketClient, ends.toClient)));
  }

  private static ByteBuf words(String text) {
    return Unpooled.copiedBuffer(text, UTF_8);
  }

  @Test
  void windowsThatOverflowAreNobodysBusiness() {
    openToSpdy("v5.channel.k8s.io");
    for (int i = 0; i < 5; i++) {
      upstreamSays(new DefaultSpdyWindowUpdateFrame(1, Integer.MAX_VALUE));
      upstreamSays(new DefaultSpdyWindowUpdateFrame(0, Integer.MAX_VALUE));
    }
    clientSays(message(0, "input"));
    assertEquals(List.of("input"), texts(read(spdy, ends.toUpstream)));
  }

  @Test
  void case173AClientThatOpensStreamsWithoutEndAndReadsNothingIsEnded() {
    openToWebSocket("error");
    exchange.pause();
    for (int i = 0; i < 1000 && ends.failure == null; i++) {
      clientSays(opening(2 * i + 3, "shell"));
    }
    assertNotNull(ends.failure);
    assertTrue(ends.toClient.readableBytes() < 2000, "answers were kept without bound");
  }

  /** Who broke the rules is told apart: audit says who ended a tunnel. */
  @Test
  void aClientThatDoesNotMaskIsToBlame() {
    openToSpdy("v5.channel.k8s.io");
    exchange.write(bytes(webSocketServer, message(0, "input")));
    UpstreamException failure = ends.failure;
    assertNotNull(failure);
    assertEquals(UpstreamException.Kind.UNSPEAKABLE, failure.kind());
    assertEquals(0, ends.toUpstream.readableBytes());
  }

  // Who does not read

  /** Neither side is asked for more than the other takes. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eachSideWaitsForTheOther(boolean toSpdy) {
    if (toSpdy) {
      openToSpdy("v5.channel.k8s.io");
    } else {
      openToWebSocket("error", "stdin", "stdout", "stderr");
    }
    assertTrue(exchange.writable());
    ends.takes = false;
    assertFalse(exchange.writable());
    ends.takes = true;
    exchange.pause();
    assertTrue(ends.paused);
    exchange.resume();
    assertFalse(ends.paused);
  }

  // Port-forward

  @Test
  void aWrappedSessionIsUnwrapped() {
    open(StreamingProtocol.SPDY, webSocket("portforward", "SPDY/3.1+portforward.k8s.io"));
    assertEquals("portforward.k8s.io", ends.request().headers().first("X-Stream-Protocol-Version"));
    switched("x-stream-protocol-version", "portforward.k8s.io");
    clientSays(new BinaryWebSocketFrame(Unpooled.copiedBuffer("any bytes", UTF_8)));
    assertEquals("any bytes", ends.toUpstream.toString(UTF_8));
    ends.receiver().data(Unpooled.copiedBuffer("and back", UTF_8));
    assertEquals(List.of("and back"), texts(read(webSocketClient, ends.toClient)));
    ends.receiver().ended(List.of());
    assertInstanceOf(CloseWebSocketFrame.class, read(webSocketClient, ends.toClient).get(0))
        .release();
  }

  @Test
  void aPlainSessionIsWrapped() {
    open(StreamingProtocol.WEBSOCKET, spdy("portforward", "portforward.k8s.io"));
    String key = String.valueOf(ends.request().headers().first("Sec-WebSocket-Key"));
    switched(
        "sec-websocket-accept",
        WebSocketKeys.accept(key),
        "sec-websocket-protocol",
        "SPDY/3.1+portforward.k8s.io");
    exchange.write(Unpooled.copiedBuffer("any bytes", UTF_8));
    assertEquals(List.of("any bytes"), texts(read(webSocketServer, ends.toUpstream)));
    upstreamSays(new BinaryWebSocketFrame(Unpooled.copiedBuffer("and back", UTF_8)));
    assertEquals("and back", ends.toClient.toString(UTF_8));
  }

  private static String words(Object frame) {
    ByteBuf content = assertInstanceOf(WebSocketFrame.class, frame).content();
    String words = content.readUnsignedByte() + " " + content.toString(UTF_8);
    content.release();
    return words;
  }

  /** Two ports: error and data of the first are 1 and 3, of the second 5 and 7. */
  private void openPorts(String query, String protocol) {
    open(StreamingProtocol.SPDY, webSocket("portforward?" + query, protocol));
    assertEquals("portforward.k8s.io", ends.request().headers().first("X-Stream-Protocol-Version"));
    switched("x-stream-protocol-version", "portforward.k8s.io");
  }

  private void acceptPorts() {
    for (Object frame : read(spdy, ends.toUpstream)) {
      upstreamSays(reply(assertInstanceOf(SpdySynStreamFrame.class, frame).streamId()));
    }
    read(webSocketClient, ends.toClient).forEach(frame -> ((WebSocketFrame) frame).release());
  }

  @Test
  void portsOfTheQueryBecomePairsOfStreams() {
    openPorts("ports=8080,5432", "v4.channel.k8s.io");
    List<String> opened = new ArrayList<>();
    for (Object frame : read(spdy, ends.toUpstream)) {
      SpdySynStreamFrame each = assertInstanceOf(SpdySynStreamFrame.class, frame);
      opened.add(
          each.streamId()
              + " "
              + each.headers().getAsString("streamtype")
              + " "
              + each.headers().getAsString("port")
              + " "
              + each.headers().getAsString("requestid"));
    }
    assertEquals(
        List.of("1 error 8080 0", "3 data 8080 0", "5 error 5432 1", "7 data 5432 1"), opened);
    assertFalse(exchange.writable());
    List<String> heads = new ArrayList<>();
    for (Object frame : read(webSocketClient, ends.toClient)) {
      ByteBuf content = assertInstanceOf(BinaryWebSocketFrame.class, frame).content();
      heads.add(content.readUnsignedByte() + " " + content.readUnsignedShortLE());
      content.release();
    }
    assertEquals(List.of("0 8080", "1 8080", "2 5432", "3 5432"), heads);
  }

  @Test
  void bytesOfAPortGoBothWays() {
    openPorts("ports=8080&ports=5432", "v4.channel.k8s.io");
    acceptPorts();
    assertTrue(exchange.writable());
    clientSays(message(0, "to 8080"));
    clientSays(message(2, "to 5432"));
    clientSays(message(3, "nobody reads errors"));
    clientSays(message(4, "no such port"));
    List<Object> said = read(spdy, ends.toUpstream);
    assertEquals(3, ((SpdyDataFrame) said.get(0)).streamId());
    assertEquals(7, ((SpdyDataFrame) said.get(1)).streamId());
    assertEquals(List.of("to 8080", "to 5432"), texts(said));
    upstreamSays(data(7, "from 5432"));
    upstreamSays(data(1, "nobody listens"));
    assertEquals(
        List.of("2 from 5432", "1 nobody listens"),
        read(webSocketClient, ends.toClient).stream().map(TranslatingUpstreamTest::words).toList());
  }

  @Test
  void theLastPortsEndEndsTheSession() {
    openPorts("ports=80,81", "v4.channel.k8s.io");
    acceptPorts();
    upstreamSays(data(1, "").setLast(true));
    upstreamSays(data(3, "").setLast(true));
    upstreamSays(data(5, "").setLast(true));
    assertFalse(ends.clientEnded);
    clientSays(message(0, "to nobody"));
    assertEquals(0, ends.toUpstream.readableBytes());
    upstreamSays(data(7, "last words").setLast(true));
    List<Object> told = read(webSocketClient, ends.toClient);
    assertEquals("2 last words", words(told.get(0)));
    CloseWebSocketFrame closed = assertInstanceOf(CloseWebSocketFrame.class, told.get(1));
    assertEquals(1000, closed.statusCode());
    closed.release();
    assertTrue(ends.clientEnded);
    assertTrue(ends.upstreamEnded);
  }

  @Test
  void aPortThatIsRefusedIsTold() {
    openPorts("ports=80", "v4.channel.k8s.io");
    texts(read(webSocketClient, ends.toClient));
    read(spdy, ends.toUpstream);
    upstreamSays(reply(1));
    upstreamSays(new DefaultSpdyRstStreamFrame(3, 3));
    assertEquals(
        "1 the upstream refuses to forward port 80",
        words(read(webSocketClient, ends.toClient).get(0)));
    assertTrue(exchange.writable());
  }

  @Test
  void portsAsBase64AndWithoutAnyName() {
    openPorts("ports=80", "v4.base64.channel.k8s.io");
    assertEquals(List.of("0UAA=", "1UAA="), texts(read(webSocketClient, ends.toClient)));
    acceptPorts();
    clientSays(new TextWebSocketFrame("0aW5wdXQ="));
    assertEquals(List.of("input"), texts(read(spdy, ends.toUpstream)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ports=", "ports=0", "ports=65536", "ports=-1", "ports=80,x"})
  void withoutPortsTheRequestIsBad(String query) {
    open(StreamingProtocol.SPDY, webSocket("portforward?" + query, "v4.channel.k8s.io"));
    assertNull(ends.asked);
    UpstreamException failure = ends.failure;
    assertNotNull(failure);
    assertEquals(UpstreamException.Kind.UNSPEAKABLE, failure.kind());
  }

  // Protocols from before v4

  @Test
  void olderClientsGetTheirErrorsAsText() {
    open(StreamingProtocol.SPDY, webSocket("exec?command=cat&stdin=true", "base64.channel.k8s.io"));
    assertEquals("v3.channel.k8s.io", ends.request().headers().first("X-Stream-Protocol-Version"));
    switched("x-stream-protocol-version", "v3.channel.k8s.io");
    assertTrue(ends.head().lines().contains("base64.channel.k8s.io"));
    for (Object frame : read(spdy, ends.toUpstream)) {
      upstreamSays(reply(((SpdySynStreamFrame) frame).streamId()));
    }
    texts(read(webSocketClient, ends.toClient));
    clientSays(new TextWebSocketFrame("0aW5wdXQ="));
    assertEquals(List.of("input"), texts(read(spdy, ends.toUpstream)));
    upstreamSays(data(3, "out"));
    upstreamSays(data(7, "exit 7"));
    assertEquals(List.of("1b3V0", "3ZXhpdCA3"), texts(read(webSocketClient, ends.toClient)));
  }

  /** Of a success nothing is said, so that the streams' end is all there is. */
  @ParameterizedTest
  @CsvSource({"true,1000", "false,1011"})
  void anOlderClientsSuccessIsTheStreamsEnd(boolean orderly, int code) {
    UpstreamRequest unnamed =
        request(
            "GET",
            "exec?command=ls",
            "websocket",
            "Sec-WebSocket-Key",
            KEY,
            "Sec-WebSocket-Version",
            "13");
    open(StreamingProtocol.SPDY, unnamed);
    switched("x-stream-protocol-version", "v3.channel.k8s.io");
    assertFalse(ends.head().lines().contains("sec-websocket-protocol"));
    for (Object frame : read(spdy, ends.toUpstream)) {
      upstreamSays(reply(((SpdySynStreamFrame) frame).streamId()));
    }
    upstreamSays(data(3, "out"));
    for (int stream = 3; orderly && stream < 9; stream += 2) {
      upstreamSays(new DefaultSpdyDataFrame(stream).setLast(true));
    }
    ends.receiver().ended(List.of());
    List<Object> told = read(webSocketClient, ends.toClient);
    CloseWebSocketFrame closed = assertInstanceOf(CloseWebSocketFrame.class, told.get(2));
    assertEquals(code, closed.statusCode());
    texts(told);
  }

  // What is not translated

  @Test
  void sameProtocolOnBothSidesPassesAsItIs() {
    UpstreamRequest asked = spdy("exec", "v4.channel.k8s.io");
    open(StreamingProtocol.SPDY, asked);
    assertSame(asked, ends.request());
    assertSame(ends, exchange);
  }

  @Test
  void autoPutsNothingInBetween() {
    assertSame(
        ends, TranslatingUpstream.around(ends, StreamingProtocol.AUTO, ByteBufAllocator.DEFAULT));
  }

  @Test
  void unknownSubprotocolsPassAsTheyAre() {
    UpstreamRequest asked = webSocket("exec", "chat");
    open(StreamingProtocol.SPDY, asked);
    assertSame(asked, ends.request());
  }

  @Test
  void aHandshakeWithoutAKeyIsABadRequest() {
    open(
        StreamingProtocol.SPDY,
        request("GET", "exec", "websocket", "Sec-WebSocket-Protocol", "v5.channel.k8s.io"));
    assertNull(ends.asked);
    UpstreamException failure = ends.failure;
    assertNotNull(failure);
    assertEquals(UpstreamException.Kind.UNSPEAKABLE, failure.kind());
  }

  @Test
  void anUpstreamThatAgreesOnSomethingElseIsAFailure() {
    open(StreamingProtocol.SPDY, webSocket("exec", "v5.channel.k8s.io"));
    switched();
    UpstreamException failure = ends.failure;
    assertNotNull(failure);
    assertEquals(UpstreamException.Kind.MALFORMED, failure.kind());
    assertTrue(ends.cancelled);
  }

  @Test
  void anOrdinaryAnswerPasses() {
    open(StreamingProtocol.SPDY, webSocket("exec", "v5.channel.k8s.io"));
    ends.receiver().head(new UpstreamHead(403, List.of(), 3));
    ends.receiver().data(Unpooled.copiedBuffer("no!", UTF_8));
    ends.receiver().ended(List.of());
    assertEquals(403, ends.head().status());
    assertEquals("no!", ends.toClient.toString(UTF_8));
    assertTrue(ends.clientEnded);
  }
}
