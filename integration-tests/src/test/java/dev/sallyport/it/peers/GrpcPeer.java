package dev.sallyport.it.peers;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A service of grpc-java whose messages are texts; each kind of call once. */
public final class GrpcPeer implements AutoCloseable {

  private static final String SERVICE = "test.Texts";

  public static final MethodDescriptor<String, String> UNARY = method("Unary", MethodType.UNARY);
  public static final MethodDescriptor<String, String> DOWN =
      method("Down", MethodType.SERVER_STREAMING);
  public static final MethodDescriptor<String, String> UP =
      method("Up", MethodType.CLIENT_STREAMING);
  public static final MethodDescriptor<String, String> BOTH =
      method("Both", MethodType.BIDI_STREAMING);
  public static final MethodDescriptor<String, String> FAIL = method("Fail", MethodType.UNARY);
  public static final MethodDescriptor<String, String> NEVER = method("Never", MethodType.UNARY);

  public static final Metadata.Key<String> ECHO =
      Metadata.Key.of("x-echo", Metadata.ASCII_STRING_MARSHALLER);

  /** The header lines of every call, as text. */
  public final List<String> calls = new CopyOnWriteArrayList<>();

  private final Server server;

  private GrpcPeer(NettyServerBuilder builder) throws IOException {
    ServerServiceDefinition texts =
        ServerServiceDefinition.builder(SERVICE)
            .addMethod(UNARY, ServerCalls.asyncUnaryCall(GrpcPeer::unary))
            .addMethod(DOWN, ServerCalls.asyncServerStreamingCall(GrpcPeer::down))
            .addMethod(UP, ServerCalls.asyncClientStreamingCall(Gathered::new))
            .addMethod(BOTH, ServerCalls.asyncBidiStreamingCall(Echoed::new))
            .addMethod(FAIL, ServerCalls.asyncUnaryCall(GrpcPeer::fail))
            .addMethod(NEVER, ServerCalls.asyncUnaryCall((text, out) -> {}))
            .build();
    server = builder.addService(ServerInterceptors.intercept(texts, new Seen())).build().start();
  }

  public static GrpcPeer start() throws IOException {
    return new GrpcPeer(anywhere());
  }

  /** The same over TLS. */
  public static GrpcPeer secure(Path certificate, Path key) throws IOException {
    return new GrpcPeer(anywhere().useTransportSecurity(certificate.toFile(), key.toFile()));
  }

  private static NettyServerBuilder anywhere() {
    return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0));
  }

  public int port() {
    return server.getPort();
  }

  private static MethodDescriptor<String, String> method(String name, MethodType type) {
    return MethodDescriptor.<String, String>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setRequestMarshaller(new Text())
        .setResponseMarshaller(new Text())
        .build();
  }

  private static void unary(String text, StreamObserver<String> out) {
    out.onNext("you said " + text);
    out.onCompleted();
  }

  private static void down(String count, StreamObserver<String> out) {
    for (int i = 0; i < Integer.parseInt(count); i++) {
      out.onNext("piece " + i);
    }
    out.onCompleted();
  }

  private static void fail(String text, StreamObserver<String> out) {
    out.onError(Status.NOT_FOUND.withDescription("no such text: " + text).asRuntimeException());
  }

  @Override
  public void close() throws InterruptedException {
    server.shutdownNow().awaitTermination(20, TimeUnit.SECONDS);
  }

  /** Texts as bytes. */
  private static final class Text implements MethodDescriptor.Marshaller<String> {

    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Answers once, with everything. */
  private static final class Gathered implements StreamObserver<String> {

    private final StreamObserver<String> out;
    private int length;

    Gathered(StreamObserver<String> out) {
      this.out = out;
    }

    @Override
    public void onNext(String value) {
      length += value.length();
    }

    @Override
    public void onError(Throwable cause) {}

    @Override
    public void onCompleted() {
      out.onNext(Integer.toString(length));
      out.onCompleted();
    }
  }

  /** Answers each message at once. */
  private record Echoed(StreamObserver<String> out) implements StreamObserver<String> {

    @Override
    public void onNext(String value) {
      out.onNext("echo " + value);
    }

    @Override
    public void onError(Throwable cause) {}

    @Override
    public void onCompleted() {
      out.onCompleted();
    }
  }

  /** Keeps the headers and sends one back among the trailers. */
  private final class Seen implements ServerInterceptor {

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
        ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
      calls.add(headers.toString());
      String echo = headers.get(ECHO);
      ServerCall<A, B> answering =
          new io.grpc.ForwardingServerCall.SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
              if (echo != null) {
                trailers.put(ECHO, echo);
              }
              super.close(status, trailers);
            }
          };
      return next.startCall(answering, headers);
    }
  }
}
