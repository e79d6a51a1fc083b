package dev.sallyport.server.assembly;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop for what no client waits for, such as probes; made when it is first needed. */
final class Background implements AutoCloseable {

  private @Nullable MultiThreadIoEventLoopGroup loops;

  synchronized EventLoop loop() {
    MultiThreadIoEventLoopGroup made = loops;
    if (made == null) {
      made =
          new MultiThreadIoEventLoopGroup(
              1, new DefaultThreadFactory("background", true), NioIoHandler.newFactory());
      loops = made;
    }
    return made.next();
  }

  @Override
  public synchronized void close() {
    MultiThreadIoEventLoopGroup made = loops;
    if (made != null) {
      var unused = made.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }
}
