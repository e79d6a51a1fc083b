package dev.sallyport.proxy.connect;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A backend's addresses. Names are looked up by a thread of their own, since the JDK's resolver
 * blocks, and kept for a while; each connection takes the next one.
 */
final class Addresses implements AutoCloseable {

  private static final long KEPT_NANOS = 10_000_000_000L;

  private record Found(InetAddress[] addresses, long at) {}

  private final String host;
  private final int port;
  private final AtomicInteger turn = new AtomicInteger();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread worker = new Thread(task, "resolve-upstream");
            worker.setDaemon(true);
            return worker;
          });
  private volatile @Nullable Found found;

  Addresses(String host, int port) {
    this.host = host;
    this.port = port;
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
    if (literal != null) {
      found = new Found(new InetAddress[] {address(literal)}, Long.MAX_VALUE);
    }
  }

  private static InetAddress address(byte[] literal) {
    try {
      return InetAddress.getByAddress(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e); // the length of an address that parsed
    }
  }

  /** The address to connect to; fails with an {@link UnknownHostException}. */
  CompletionStage<InetSocketAddress> next() {
    Found known = found;
    boolean fresh =
        known != null
            && (known.at() == Long.MAX_VALUE || System.nanoTime() - known.at() < KEPT_NANOS);
    if (known != null && fresh) {
      return CompletableFuture.completedFuture(pick(known));
    }
    CompletableFuture<InetSocketAddress> answer = new CompletableFuture<>();
    thread.execute(() -> lookUp(answer));
    return answer;
  }

  private void lookUp(CompletableFuture<InetSocketAddress> answer) {
    try {
      Found fresh = new Found(InetAddress.getAllByName(host), System.nanoTime());
      found = fresh;
      answer.complete(pick(fresh));
    } catch (UnknownHostException e) {
      answer.completeExceptionally(e);
    }
  }

  private InetSocketAddress pick(Found known) {
    int index = Math.floorMod(turn.getAndIncrement(), known.addresses().length);
    return new InetSocketAddress(known.addresses()[index], port);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
