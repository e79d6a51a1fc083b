package dev.sallyport.server.netty;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Locale;

/**
 * How sockets are served: by epoll where its library loads, else by the JDK's NIO. The system
 * property {@code sallyport.transport} ({@code auto}, {@code epoll}, {@code nio}) forces one.
 */
public enum Transport {
  EPOLL(EpollServerSocketChannel.class),
  NIO(NioServerSocketChannel.class);

  public static final String PROPERTY = "sallyport.transport";

  private final Class<? extends ServerChannel> serverChannel;

  Transport(Class<? extends ServerChannel> serverChannel) {
    this.serverChannel = serverChannel;
  }

  Class<? extends ServerChannel> serverChannel() {
    return serverChannel;
  }

  /**
   * @throws IllegalStateException when the transport that is asked for cannot be had
   */
  public static Transport choose() {
    String wanted = System.getProperty(PROPERTY, "auto").toLowerCase(Locale.ROOT);
    return switch (wanted) {
      case "auto" -> Epoll.isAvailable() ? EPOLL : NIO;
      case "nio" -> NIO;
      case "epoll" -> epoll();
      default ->
          throw new IllegalStateException(
              PROPERTY + ": \"" + wanted + "\" (expected: auto, epoll or nio)");
    };
  }

  private static Transport epoll() {
    if (!Epoll.isAvailable()) {
      throw new IllegalStateException(
          PROPERTY + ": epoll did not load", Epoll.unavailabilityCause());
    }
    return EPOLL;
  }

  /** A thread per core and event loop: no loop ever blocks. */
  MultiThreadIoEventLoopGroup newLoops(int threads) {
    IoHandlerFactory factory =
        this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory("serve", true), factory);
  }
}
