package dev.sallyport.webhook.https;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of all calls, its buffers, and helpers for what blocks: names and trust stores.
 */
final class Loop {

  /** As many names may hang in the resolver; further look-ups fail at once. */
  private static final int MAX_HELPERS = 32;

  private static final int HELPER_SECONDS = 10;
  private static final int PAGE = 8 << 10;
  private static final int CHUNK_ORDER = 5;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, daemon("webhooks"), NioIoHandler.newFactory());
  private final EventLoop events = group.next();
  private final ExecutorService helpers =
      new ThreadPoolExecutor(
          0,
          MAX_HELPERS,
          HELPER_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          daemon("webhooks-helper"));

  /** Direct memory in one arena of small chunks: one thread, and few bytes at a time. */
  private final ByteBufAllocator buffers =
      new PooledByteBufAllocator(true, 0, 1, PAGE, CHUNK_ORDER, 0, 0, false);

  EventLoop events() {
    return events;
  }

  ExecutorService helpers() {
    return helpers;
  }

  ByteBufAllocator buffers() {
    return buffers;
  }

  /** Goes on with the stage's outcome on the event loop; at once if that is where it ended. */
  <T> void comeBack(
      CompletionStage<T> stage, BiConsumer<? super @Nullable T, ? super @Nullable Throwable> next) {
    var unused =
        stage.whenComplete(
            (value, failure) -> {
              if (events.inEventLoop()) {
                next.accept(value, failure);
              } else {
                events.execute(() -> next.accept(value, failure));
              }
            });
  }

  void shutDown() {
    helpers.shutdownNow();
    var unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
