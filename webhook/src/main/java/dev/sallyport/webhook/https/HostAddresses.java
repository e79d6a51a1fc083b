package dev.sallyport.webhook.https;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A host's addresses, looked up off the event loop, since the JDK's resolver blocks. Look-ups that
 * meet share one.
 */
final class HostAddresses {

  private final String host;
  private final Executor helpers;
  private @Nullable CompletableFuture<List<InetAddress>> running;

  HostAddresses(String host, Executor helpers) {
    this.host = host;
    this.helpers = helpers;
  }

  /** Fails with an {@link UnknownHostException}, or when too many look-ups hang. */
  CompletionStage<List<InetAddress>> find() {
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
    if (literal != null) {
      return CompletableFuture.completedFuture(List.of(address(literal)));
    }
    CompletableFuture<List<InetAddress>> known = running;
    if (known != null && !known.isDone()) {
      return known;
    }
    CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
    running = found;
    try {
      helpers.execute(() -> lookUp(found));
    } catch (RejectedExecutionException e) {
      found.completeExceptionally(new UnknownHostException("too many names are being looked up"));
    }
    return found;
  }

  private void lookUp(CompletableFuture<List<InetAddress>> found) {
    try {
      found.complete(List.of(InetAddress.getAllByName(host)));
    } catch (UnknownHostException | RuntimeException e) {
      found.completeExceptionally(e);
    }
  }

  private static InetAddress address(byte[] literal) {
    try {
      return InetAddress.getByAddress(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e); // the length of an address that parsed
    }
  }
}
