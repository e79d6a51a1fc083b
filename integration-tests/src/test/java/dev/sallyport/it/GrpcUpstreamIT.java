package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.it.peers.GrpcPeer;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** grpc-java's client through the built server to grpc-java's server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GrpcUpstreamIT {

  private static final String RBAC =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: caller}
      rules:
      - nonResourceURLs: ["/test.Texts/*"]
        verbs: [post]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: callers}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: caller}
      subjects:
      - {apiGroup: rbac.authorization.k8s.io, kind: User, name: ann}
      """;

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private GrpcPeer peer;
  private SallyportProcess server;
  private ManagedChannel channel;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    peer = GrpcPeer.start();
    Files.writeString(folder.resolve("tokens.csv"), "t-ann,ann,u1\nt-bob,bob,u2\n");
    Files.writeString(folder.resolve("rbac.yaml"), RBAC);
    server =
        SallyportProcess.start(
            folder,
            "--token-auth-file=tokens.csv",
            "--rbac-file=rbac.yaml",
            "--upstream=h2c://127.0.0.1:" + peer.port());
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port())
            .sslContext(
                GrpcSslContexts.forClient()
                    .trustManager(folder.resolve("sallyport-data/ca.crt").toFile())
                    .build())
            .build();
  }

  @AfterAll
  void stop() throws Exception {
    channel.shutdownNow().awaitTermination(20, TimeUnit.SECONDS);
    server.close();
    peer.close();
  }

  private Channel as(String token, AtomicReference<Metadata> trailers) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    headers.put(GrpcPeer.ECHO, "there and back");
    return ClientInterceptors.intercept(
        channel,
        MetadataUtils.newAttachHeadersInterceptor(headers),
        MetadataUtils.newCaptureMetadataInterceptor(new AtomicReference<>(), trailers));
  }

  private Channel ann() {
    return as("t-ann", new AtomicReference<>());
  }

  private static CallOptions patient() {
    return CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  @Test
  void unaryCallWithMetadataAndTheCallersName() {
    AtomicReference<Metadata> trailers = new AtomicReference<>();
    String answer =
        ClientCalls.blockingUnaryCall(as("t-ann", trailers), GrpcPeer.UNARY, patient(), "hello");
    assertEquals("you said hello", answer);
    Metadata behind = trailers.get();
    assertTrue(
        behind != null && "there and back".equals(behind.get(GrpcPeer.ECHO)), () -> "" + behind);
    String seen = peer.calls.get(peer.calls.size() - 1);
    assertTrue(peer.calls.stream().anyMatch(call -> call.contains("x-remote-user=ann")), seen);
    assertFalse(peer.calls.stream().anyMatch(call -> call.contains("t-ann")), seen);
  }

  @Test
  void serverStreams() {
    Iterator<String> pieces =
        ClientCalls.blockingServerStreamingCall(ann(), GrpcPeer.DOWN, patient(), "5000");
    int count = 0;
    while (pieces.hasNext()) {
      assertEquals("piece " + count++, pieces.next());
    }
    assertEquals(5000, count);
  }

  @Test
  void clientStreams() throws Exception {
    Answers answers = new Answers();
    StreamObserver<String> out =
        ClientCalls.asyncClientStreamingCall(ann().newCall(GrpcPeer.UP, patient()), answers);
    for (int i = 0; i < 1000; i++) {
      out.onNext("x".repeat(1000));
    }
    out.onCompleted();
    assertEquals("1000000", answers.next());
    assertEquals("end", answers.next());
  }

  @Test
  void bothStreamAtOnce() throws Exception {
    Answers answers = new Answers();
    StreamObserver<String> out =
        ClientCalls.asyncBidiStreamingCall(ann().newCall(GrpcPeer.BOTH, patient()), answers);
    for (int i = 0; i < 20; i++) {
      out.onNext("ping " + i);
      assertEquals("echo ping " + i, answers.next());
    }
    out.onCompleted();
    assertEquals("end", answers.next());
  }

  @Test
  void errorsPassWithTheirMessage() {
    Status status = refusal(ann(), GrpcPeer.FAIL, patient());
    assertEquals(Status.Code.NOT_FOUND, status.getCode());
    assertEquals("no such text: x", status.getDescription());
  }

  @Test
  void deadlinesEndTheCall() {
    CallOptions hasty = CallOptions.DEFAULT.withDeadlineAfter(1, TimeUnit.SECONDS);
    assertEquals(Status.Code.DEADLINE_EXCEEDED, refusal(ann(), GrpcPeer.NEVER, hasty).getCode());
    assertTrue(peer.calls.stream().anyMatch(call -> call.contains("grpc-timeout")));
  }

  @Test
  void whoMayNotIsToldInGrpcsWords() {
    assertEquals(
        Status.Code.PERMISSION_DENIED,
        refusal(as("t-bob", new AtomicReference<>()), GrpcPeer.UNARY, patient()).getCode());
    assertEquals(
        Status.Code.UNAUTHENTICATED,
        refusal(as("wrong", new AtomicReference<>()), GrpcPeer.UNARY, patient()).getCode());
  }

  private static Status refusal(
      Channel on, io.grpc.MethodDescriptor<String, String> method, CallOptions options) {
    return assertThrows(
            StatusRuntimeException.class,
            () -> ClientCalls.blockingUnaryCall(on, method, options, "x"))
        .getStatus();
  }

  /** What comes, in order. */
  private static final class Answers implements StreamObserver<String> {

    private final LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    private final List<String> taken = new ArrayList<>();

    String next() throws InterruptedException {
      String next = queue.poll(60, TimeUnit.SECONDS);
      taken.add(String.valueOf(next));
      return String.valueOf(next);
    }

    @Override
    public void onNext(String value) {
      queue.add(value);
    }

    @Override
    public void onError(Throwable cause) {
      queue.add(cause.toString());
    }

    @Override
    public void onCompleted() {
      queue.add("end");
    }
  }
}
