package dev.sallyport.proxy.streams.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.api.UserInfo;
import dev.sallyport.config.RecordingConfig;
import dev.sallyport.config.RecordingLevel;
import dev.sallyport.config.RecordingLimits;
import dev.sallyport.config.RecordingRule;
import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.proxy.streams.FakeUpstream;
import dev.sallyport.proxy.streams.HeaderList;
import dev.sallyport.proxy.streams.NoHeaders;
import dev.sallyport.proxy.streams.spdy.SpdyWriter;
import dev.sallyport.proxy.streams.websocket.WebSocketWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionRecorderTest {

  private static final String POD = "/api/v1/namespaces/shop/pods/web/";
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final Set<Path> inProgress = ConcurrentHashMap.newKeySet();
  private final AtomicInteger ended = new AtomicInteger();
  private final EventLoop loop = new DefaultEventLoop();
  private final FakeUpstream ends = new FakeUpstream();
  private final WebSocketWriter client = new WebSocketWriter(ByteBufAllocator.DEFAULT, true);
  private final WebSocketWriter server = new WebSocketWriter(ByteBufAllocator.DEFAULT, false);
  private final SpdyWriter spdyClient = new SpdyWriter(ByteBufAllocator.DEFAULT);
  private final SpdyWriter spdyServer = new SpdyWriter(ByteBufAllocator.DEFAULT);
  private @Nullable SessionRecorder recorder;
  private @Nullable UpstreamExchange exchange;

  @AfterEach
  void close() {
    UpstreamExchange open = exchange;
    if (open != null) {
      onLoop(
          () -> {
            open.cancel();
            return true;
          });
    }
    if (recorder != null) {
      recorder.close();
    }
    loop.shutdownGracefully();
  }

  // Playing a session

  private static UserInfo user(String name, String... groups) {
    return new UserInfo(name, "", List.of(groups), Map.of());
  }

  private static RecordingRule rule(RecordingLevel level, String... groups) {
    return new RecordingRule(List.of(groups), level);
  }

  private SessionRecorder recorder(RecordingFolder to, RecordingRule... rules) {
    recorder =
        new SessionRecorder(
            new RecordingConfig(folder, List.of(rules), RecordingLimits.NONE),
            to,
            ByteBufAllocator.DEFAULT,
            Clock.fixed(START, ZoneOffset.UTC));
    return recorder;
  }

  private RecordingFolder folder(Path at) {
    return new RecordingFolder(at, inProgress, ended::incrementAndGet);
  }

  private static SessionFacts facts(String group) {
    return new SessionFacts("id/../1", user("ann", group), null, "10.0.0.9");
  }

  private static UpstreamRequest request(String target, String upgrade) {
    HeaderList headers =
        HeaderList.without(new NoHeaders()).add("Sec-WebSocket-Extensions", "permessage-deflate");
    return new UpstreamRequest(
        "GET", target, headers, "h", "10.0.0.9", "1.1", user("ann"), 0, upgrade);
  }

  private <T> T onLoop(Callable<T> action) {
    try {
      return loop.submit(action).get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void open(SessionRecorder by, String target, String upgrade) throws Exception {
    exchange =
        onLoop(
            () ->
                by.around(ends, facts("dev")).open(loop, request(target, upgrade), ends.client()));
    settled();
  }

  /** The writer has done what was asked, and the loop heard of it. */
  private void settled() throws Exception {
    SessionRecorder running = recorder;
    assertNotNull(running);
    running.writer().submit(() -> {}).get(20, TimeUnit.SECONDS);
    onLoop(() -> true);
    running.writer().submit(() -> {}).get(20, TimeUnit.SECONDS);
  }

  private void openWebSocket(SessionRecorder by) throws Exception {
    open(by, POD + "exec?command=sh&command=-c&tty=true&stdin=true", "websocket");
    switched("sec-websocket-protocol", "v5.channel.k8s.io");
  }

  private boolean mayWrite() {
    UpstreamExchange to = exchange;
    return to != null && to.writable();
  }

  private void switched(String... lines) {
    onLoop(
        () -> {
          ends.receiver().switched(new UpstreamHead(101, List.of(lines), -1));
          return true;
        });
  }

  private void clientSays(ByteBuf bytes) {
    UpstreamExchange to = exchange;
    assertNotNull(to);
    onLoop(
        () -> {
          to.write(bytes);
          return true;
        });
  }

  private void upstreamSays(ByteBuf bytes) {
    onLoop(
        () -> {
          ends.receiver().data(bytes);
          return true;
        });
  }

  private void end() throws Exception {
    UpstreamExchange to = exchange;
    assertNotNull(to);
    onLoop(
        () -> {
          ends.receiver().ended(List.of());
          to.end();
          return true;
        });
    settled();
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, UTF_8);
  }

  private Path file() throws IOException {
    try (var files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertEquals(1, all.size(), () -> "files: " + all);
      return all.get(0);
    }
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file())) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  /** Code and text of the events behind the header. */
  private List<String> events() throws IOException {
    return lines().stream()
        .skip(1)
        .map(event -> event.get(1).asText() + " " + event.get(2).asText())
        .toList();
  }

  // What is written

  @Test
  void writesWhatTheCallerSees() throws Exception {
    openWebSocket(recorder(folder(folder), RecordingRule.EVERYBODYS_OUTPUT));
    clientSays(client.binary(4, text("{\"Width\":120,\"Height\":40}\n")));
    upstreamSays(server.binary(1, text("$ ")));
    clientSays(client.binary(0, text("secret\n")));
    upstreamSays(server.binary(1, text("h\u00e4llo \"you\"\u001b[0m\r\n")));
    clientSays(client.binary(4, text("{\"Width\":100,\"Height\":30}")));
    upstreamSays(server.binary(2, text("oops")));
    upstreamSays(server.binary(1, text("again")));
    upstreamSays(server.binary(3, text("{\"status\":\"Success\"}")));
    end();
    JsonNode header = lines().get(0);
    assertEquals(2, header.get("version").asInt());
    assertEquals(120, header.get("width").asInt());
    assertEquals(40, header.get("height").asInt());
    assertEquals(START.getEpochSecond(), header.get("timestamp").asLong());
    assertEquals("ann exec shop/web: sh -c", header.get("title").asText());
    assertFalse(header.has("env"));
    assertEquals("id/../1", header.get("sallyport").get("auditID").asText());
    assertEquals("dev", header.get("sallyport").get("groups").get(0).asText());
    assertEquals(
        List.of(
            "o $ ",
            "o h\u00e4llo \"you\"\u001b[0m\r\n",
            "r 100x30",
            "m stderr",
            "o oops",
            "m stdout",
            "o again",
            "m {\"status\":\"Success\"}"),
        events());
    assertFalse(Files.readString(file()).contains("secret"));
  }

  @Test
  void writesWhatTheCallerTypesIfTheRuleSaysSo() throws Exception {
    openWebSocket(recorder(folder(folder), rule(RecordingLevel.ALL, "dev")));
    clientSays(client.binary(0, text("ls\n")));
    end();
    assertEquals(List.of("i ls\n"), events());
  }

  @Test
  void aCharacterInTwoPiecesStaysWhole() throws Exception {
    openWebSocket(recorder(folder(folder), RecordingRule.EVERYBODYS_OUTPUT));
    byte[] euro = "\u20ac".getBytes(UTF_8);
    upstreamSays(server.binary(1, Unpooled.copiedBuffer(euro, 0, 2)));
    upstreamSays(server.binary(1, Unpooled.copiedBuffer(euro, 2, 1)));
    end();
    assertEquals(List.of("o \u20ac"), events());
  }

  @Test
  void bytesPassUnchanged() throws Exception {
    openWebSocket(recorder(folder(folder), RecordingRule.EVERYBODYS_OUTPUT));
    ByteBuf message = client.binary(0, text("x".repeat(5000)));
    ByteBuf copy = message.copy();
    clientSays(message);
    assertEquals(copy, ends.toUpstream);
    copy.release();
    upstreamSays(server.binary(1, text("out")));
    assertEquals("\u0001out", ends.toClient.skipBytes(2).toString(UTF_8));
    assertNull(ends.request().headers().first("sec-websocket-extensions"));
  }

  @Test
  void recordsSpdyToo() throws Exception {
    open(
        recorder(folder(folder), rule(RecordingLevel.ALL)),
        POD + "exec?command=ls&stdin=true",
        "SPDY/3.1");
    switched("x-stream-protocol-version", "v4.channel.k8s.io");
    clientSays(spdyClient.open(1, Map.of("streamtype", "error")));
    clientSays(spdyClient.open(3, Map.of("streamtype", "stdin")));
    clientSays(spdyClient.open(5, Map.of("streamtype", "stdout")));
    clientSays(spdyClient.data(3, text("in")));
    upstreamSays(spdyServer.data(5, text("out")));
    upstreamSays(spdyServer.data(1, text("{}")));
    end();
    assertEquals(List.of("i in", "o out", "m {}"), events());
    assertEquals(80, lines().get(0).get("width").asInt());
  }

  @Test
  void namesFilesByTimeAndIdAndKeepsThemFromOthers() throws Exception {
    openWebSocket(recorder(folder(folder), RecordingRule.EVERYBODYS_OUTPUT));
    String name = file().getFileName().toString();
    assertTrue(name.matches("20260102T030405\\.678Z-id1-[0-9a-f]{12}\\.cast"), name);
    assertTrue(RecordingName.fits(name));
    assertEquals(Set.of(file()), inProgress);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    end();
    assertEquals(Set.of(), inProgress);
    assertEquals(1, ended.get());
  }

  /** Neither a client's id, nor a namespace, pod or user that means another folder, leaves it. */
  @ParameterizedTest
  @ValueSource(strings = {"../../etc/cron.d/x", "/etc/x", "..", "", "a\0b\n", "%2e%2e%2fx"})
  void namesStayInTheFolder(String id) {
    String name = RecordingName.of(START, id, ".cast");
    assertEquals(folder.resolve(name), folder.resolve(name).normalize());
    assertEquals(folder, folder.resolve(name).getParent());
    assertTrue(RecordingName.fits(name), name);
  }

  /** A client chooses its audit id, and may do so twice in one moment. */
  @Test
  void sessionsOfOneIdAndMomentGetFilesOfTheirOwn() throws Exception {
    SessionRecorder by = recorder(folder(folder), RecordingRule.EVERYBODYS_OUTPUT);
    openWebSocket(by);
    UpstreamExchange first = exchange;
    assertNotNull(first);
    openWebSocket(by);
    assertNull(ends.failure);
    assertEquals(2, inProgress.size());
    onLoop(
        () -> {
          first.cancel();
          return true;
        });
  }

  /** Who is refused by the upstream leaves no file, however often. */
  @Test
  void anAttemptThatCameToNothingLeavesNoFile() throws Exception {
    open(
        recorder(folder(folder), RecordingRule.EVERYBODYS_OUTPUT),
        POD + "exec?command=sh",
        "websocket");
    onLoop(
        () -> {
          ends.receiver().head(new UpstreamHead(403, List.of(), 0));
          return true;
        });
    settled();
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
    assertEquals(Set.of(), inProgress);
  }

  @Test
  void aForwardedConnectionIsALine() throws Exception {
    open(
        recorder(folder(folder), RecordingRule.EVERYBODYS_OUTPUT), POD + "portforward", "SPDY/3.1");
    switched("x-stream-protocol-version", "portforward.k8s.io");
    clientSays(spdyClient.open(1, Map.of("streamtype", "error", "port", "8080", "requestid", "0")));
    clientSays(spdyClient.open(3, Map.of("streamtype", "data", "port", "8080", "requestid", "0")));
    clientSays(spdyClient.data(3, text("12345")));
    clientSays(spdyClient.end(3));
    upstreamSays(spdyServer.data(3, text("123")));
    upstreamSays(spdyServer.end(3));
    settled();
    JsonNode line = lines().get(0);
    assertEquals("8080", line.get("port").asText());
    assertEquals(5, line.get("bytesSent").asLong());
    assertEquals(3, line.get("bytesReceived").asLong());
    assertEquals("ann", line.get("user").asText());
    assertEquals("web", line.get("pod").asText());
    assertEquals(START.toString(), line.get("start").asText());
  }

  @Test
  void aConnectionInsideAWebSocketIsALineToo() throws Exception {
    open(
        recorder(folder(folder), RecordingRule.EVERYBODYS_OUTPUT),
        POD + "portforward",
        "websocket");
    switched("sec-websocket-protocol", "SPDY/3.1+portforward.k8s.io");
    clientSays(client.binary(spdyClient.open(1, Map.of("streamtype", "data", "port", "5432"))));
    clientSays(client.binary(spdyClient.data(1, text("12345"))));
    end();
    assertEquals(5, lines().get(0).get("bytesSent").asLong());
  }

  /**
   * Each port of the query is one connection; its number, which begins it, is none of its bytes.
   */
  @Test
  void aConnectionByChannelsIsALineToo() throws Exception {
    open(
        recorder(folder(folder), RecordingRule.EVERYBODYS_OUTPUT),
        POD + "portforward?ports=80,5432",
        "websocket");
    switched("sec-websocket-protocol", "v4.channel.k8s.io");
    for (int channel = 0; channel < 4; channel++) {
      upstreamSays(server.binary(channel, text("\0P")));
    }
    clientSays(client.binary(2, text("12345")));
    upstreamSays(server.binary(2, text("123")));
    upstreamSays(server.binary(3, text("an error")));
    end();
    assertEquals("80", lines().get(0).get("port").asText());
    assertEquals(0, lines().get(0).get("bytesReceived").asLong());
    assertEquals("5432", lines().get(1).get("port").asText());
    assertEquals(5, lines().get(1).get("bytesSent").asLong());
    assertEquals(3, lines().get(1).get("bytesReceived").asLong());
  }

  // Who is recorded

  @Test
  void whoNeedNotBeRecordedGetsTheUpstreamItself() {
    SessionRecorder by =
        recorder(folder(folder), rule(RecordingLevel.NONE, "admins"), rule(RecordingLevel.OUTPUT));
    assertSame(ends, by.around(ends, facts("admins")));
    assertFalse(by.around(ends, facts("dev")) == ends);
  }

  /** Acting as somebody who is not recorded helps nobody who is. */
  @Test
  void whoImpersonatesIsRecordedByTheStricterRule() {
    SessionRecorder by = recorder(folder(folder), rule(RecordingLevel.OUTPUT, "dev"));
    SessionFacts acting =
        new SessionFacts("id", user("bob", "admins"), user("ann", "dev"), "10.0.0.9");
    assertFalse(by.around(ends, acting) == ends);
  }

  @Test
  void otherRequestsPass() throws Exception {
    open(
        recorder(folder(folder), RecordingRule.EVERYBODYS_OUTPUT),
        "/api/v1/namespaces/shop/pods",
        "");
    assertSame(ends, exchange);
  }

  // When it cannot be recorded

  private UpstreamException failure() {
    UpstreamException failure = ends.failure;
    assertNotNull(failure, "the session goes on unrecorded");
    assertEquals(UpstreamException.Kind.UNRECORDED, failure.kind());
    return failure;
  }

  @Test
  void withoutAFolderTheUpstreamIsNotEvenAsked() throws Exception {
    open(
        recorder(folder(folder.resolve("gone")), RecordingRule.EVERYBODYS_OUTPUT),
        POD + "exec",
        "websocket");
    assertEquals("this session must be recorded and cannot be", failure().getMessage());
    assertNull(ends.asked);
  }

  @Test
  void aFullDiskRefusesTheSession() throws Exception {
    open(
        recorder(new FailingFolder(folder, 0), RecordingRule.EVERYBODYS_OUTPUT),
        POD + "exec",
        "websocket");
    failure();
    assertNull(ends.asked);
  }

  @Test
  void aDiskThatFillsUpEndsTheSession() throws Exception {
    openWebSocket(recorder(new FailingFolder(folder, 1), RecordingRule.EVERYBODYS_OUTPUT));
    upstreamSays(server.binary(1, text("lost")));
    settled();
    failure();
    assertTrue(ends.cancelled);
  }

  @Test
  void whatCannotBeUnderstoodIsRefusedBefore101() throws Exception {
    open(recorder(folder(folder), RecordingRule.EVERYBODYS_OUTPUT), POD + "exec", "websocket");
    switched("sec-websocket-protocol", "chat");
    failure();
    assertNull(ends.answered);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/nodes/", "/api/v1/%6eodes/", "/k8s/c1/api/v1//node%73/"})
  void aNodesProxyIsNoWayAround(String nodes) throws Exception {
    open(
        recorder(folder(folder), RecordingRule.EVERYBODYS_OUTPUT),
        nodes + "n1/proxy/exec/shop/web/main?command=sh",
        "SPDY/3.1");
    failure();
    assertNull(ends.asked);
  }

  /** Text in a binary protocol: a lenient peer would read what the recorder would not. */
  @Test
  void aMessageThatCannotBeRecordedEndsTheSessionBeforeItPasses() throws Exception {
    openWebSocket(recorder(folder(folder), RecordingRule.EVERYBODYS_OUTPUT));
    clientSays(client.text(text("\0rm -rf /")));
    failure();
    assertEquals(0, ends.toUpstream.readableBytes());
  }

  @Test
  void aSlowDiskSlowsTheSession() throws Exception {
    CountDownLatch disk = new CountDownLatch(1);
    SessionRecorder by = recorder(folder(folder), RecordingRule.EVERYBODYS_OUTPUT);
    openWebSocket(by);
    by.writer()
        .execute(
            () -> {
              try {
                disk.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    for (int i = 0; i < 100 && !ends.paused; i++) {
      upstreamSays(server.binary(1, text("x".repeat(60_000))));
    }
    assertTrue(ends.paused);
    assertFalse(onLoop(this::mayWrite));
    assertTrue(ends.toClient.readableBytes() < 2_000_000, "more passed than the recorder keeps");
    disk.countDown();
    settled();
    assertFalse(ends.paused);
    assertTrue(onLoop(this::mayWrite));
  }

  /** A disk that takes some writes and no more. */
  private static final class FailingFolder extends RecordingFolder {
    private final int writes;

    FailingFolder(Path directory, int writes) {
      super(directory, ConcurrentHashMap.newKeySet(), () -> {});
      this.writes = writes;
    }

    @Override
    SeekableByteChannel open(Path file) throws IOException {
      return new FullAfter(super.open(file), writes);
    }
  }

  private static final class FullAfter implements SeekableByteChannel {
    private final SeekableByteChannel file;
    private int left;

    FullAfter(SeekableByteChannel file, int left) {
      this.file = file;
      this.left = left;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (left-- <= 0) {
        throw new IOException("No space left on device");
      }
      return file.write(bytes);
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      return file.read(to);
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public SeekableByteChannel position(long to) throws IOException {
      file.position(to);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      file.truncate(size);
      return this;
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
