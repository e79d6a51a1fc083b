package dev.sallyport.it.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The few resources that kubectl asks for, and the upgrades. */
final class KubeletHttp extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final String DISCOVERY =
      """
      {"kind":"APIVersions","versions":["v1"],"serverAddressByClientCIDRs":[]}\
      """;
  private static final String GROUPS =
      """
      {"kind":"APIGroupList","apiVersion":"v1","groups":[]}\
      """;
  private static final String RESOURCES =
      """
      {"kind":"APIResourceList","groupVersion":"v1","resources":[
       {"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","shortNames":["po"],"verbs":["create","get","list","watch"]},
       {"name":"pods/exec","singularName":"","namespaced":true,"kind":"PodExecOptions","verbs":["create","get"]},
       {"name":"pods/log","singularName":"","namespaced":true,"kind":"Pod","verbs":["get"]}]}\
      """;
  private static final String POD =
      """
      {"kind":"Pod","apiVersion":"v1",
       "metadata":{"name":"%s","namespace":"%s","uid":"3f1c","resourceVersion":"7"},
       "spec":{"containers":[{"name":"main","image":"here","stdin":true,"tty":%s}]},
       "status":{"phase":"Running","containerStatuses":[{"name":"main","ready":true,"restartCount":0,
        "image":"here","imageID":"here","state":{"running":{"startedAt":"2026-01-01T00:00:00Z"}}}]}}\
      """;

  private final TestKubelet kubelet;

  KubeletHttp(TestKubelet kubelet) {
    this.kubelet = kubelet;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    QueryStringDecoder uri = new QueryStringDecoder(request.uri());
    String[] parts = uri.path().split("/", -1);
    switch (uri.path()) {
      case "/api" -> answer(ctx, request, HttpResponseStatus.OK, DISCOVERY);
      case "/apis" -> answer(ctx, request, HttpResponseStatus.OK, GROUPS);
      case "/api/v1" -> answer(ctx, request, HttpResponseStatus.OK, RESOURCES);
      default -> {
        boolean pod = parts.length >= 7 && parts[3].equals("namespaces") && parts[5].equals("pods");
        if (pod && parts.length == 7) {
          String body = POD.formatted(parts[6], parts[4], parts[6].startsWith("tty"));
          answer(ctx, request, HttpResponseStatus.OK, body);
        } else if (pod && parts.length == 8) {
          subresource(ctx, request, uri, parts[7]);
        } else {
          notFound(ctx, request);
        }
      }
    }
  }

  private void subresource(
      ChannelHandlerContext ctx, FullHttpRequest request, QueryStringDecoder uri, String name) {
    switch (name) {
      case "log" -> follow(ctx, flag(uri, "follow", false));
      case "exec" ->
          upgrade(ctx, request, session(uri, uri.parameters().getOrDefault("command", List.of())));
      case "attach" ->
          upgrade(ctx, request, session(uri, List.of("sh", "-c", "echo attached; cat")));
      case "portforward" -> upgrade(ctx, request, null);
      default -> notFound(ctx, request);
    }
  }

  private PodSession session(QueryStringDecoder uri, List<String> command) {
    boolean tty = flag(uri, "tty", false);
    return new PodSession(
        kubelet,
        command,
        tty,
        flag(uri, "stdin", false),
        flag(uri, "stdout", true),
        !tty && flag(uri, "stderr", true));
  }

  private static boolean flag(QueryStringDecoder uri, String name, boolean otherwise) {
    List<String> values = uri.parameters().get(name);
    return values == null ? otherwise : values.get(0).equals("true") || values.get(0).equals("1");
  }

  private void upgrade(
      ChannelHandlerContext ctx, FullHttpRequest request, @Nullable PodSession session) {
    String wanted = String.valueOf(request.headers().get(HttpHeaderNames.UPGRADE));
    if (wanted.equalsIgnoreCase("websocket")
        && request.method().name().equals("GET")
        && kubelet.speaks(TestKubelet.Speaks.WEBSOCKET)) {
      webSocket(ctx, request, session);
    } else if (wanted.equals("SPDY/3.1")
        && request.method().name().equals("POST")
        && kubelet.speaks(TestKubelet.Speaks.SPDY)) {
      spdy(ctx, request, session);
    } else {
      answer(
          ctx,
          request,
          HttpResponseStatus.BAD_REQUEST,
          """
          {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"BadRequest","code":400,
           "message":"unable to upgrade to %s"}\
          """
              .formatted(wanted));
    }
  }

  private void webSocket(
      ChannelHandlerContext ctx, FullHttpRequest request, @Nullable PodSession session) {
    String own = session == null ? "SPDY/3.1+portforward.k8s.io" : "v5.channel.k8s.io";
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory("ws://x" + request.uri(), own, false, 1 << 20)
            .newHandshaker(request);
    handshaker
        .handshake(ctx.channel(), request)
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    kubelet.upgraded("GET websocket " + handshaker.selectedSubprotocol());
    ctx.pipeline().remove(this);
    if (session != null) {
      ctx.pipeline().addLast(new WebSocketWire(session));
    } else {
      ctx.pipeline()
          .addLast(new SpdyInWebSocket(), new SpdyFrameCodec(SpdyVersion.SPDY_3_1), new PortWire());
    }
  }

  private void spdy(
      ChannelHandlerContext ctx, FullHttpRequest request, @Nullable PodSession session) {
    List<String> offered = request.headers().getAll("X-Stream-Protocol-Version");
    boolean errorsOnly = offered.equals(List.of("v3.channel.k8s.io"));
    String own =
        session == null
            ? "portforward.k8s.io"
            : errorsOnly ? "v3.channel.k8s.io" : "v4.channel.k8s.io";
    HttpResponse head =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
    head.headers().set(HttpHeaderNames.CONNECTION, "Upgrade");
    head.headers().set(HttpHeaderNames.UPGRADE, "SPDY/3.1");
    if (offered.stream().anyMatch(line -> line.contains(own))) {
      head.headers().set("X-Stream-Protocol-Version", own);
    }
    ctx.writeAndFlush(head);
    kubelet.upgraded("POST SPDY/3.1 " + own);
    ctx.pipeline().remove(HttpObjectAggregator.class);
    ctx.pipeline().addLast(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    ctx.pipeline().addLast(session == null ? new PortWire() : new SpdyWire(session, errorsOnly));
    ctx.pipeline().remove(this);
    ctx.pipeline().remove(HttpServerCodec.class);
  }

  private void follow(ChannelHandlerContext ctx, boolean follow) {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain");
    HttpUtil.setTransferEncodingChunked(head, true);
    ctx.writeAndFlush(head);
    kubelet
        .log()
        .read(line -> ctx.writeAndFlush(new DefaultHttpContent(text(line + "\n"))), follow);
    if (!follow) {
      ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  private static void notFound(ChannelHandlerContext ctx, FullHttpRequest request) {
    answer(
        ctx,
        request,
        HttpResponseStatus.NOT_FOUND,
        """
        {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404,
         "message":"the server could not find the requested resource"}\
        """);
  }

  private static void answer(
      ChannelHandlerContext ctx, FullHttpRequest request, HttpResponseStatus status, String json) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, text(json));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    HttpUtil.setContentLength(response, response.content().readableBytes());
    HttpUtil.setKeepAlive(response, HttpUtil.isKeepAlive(request));
    ctx.writeAndFlush(response);
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, UTF_8);
  }
}
