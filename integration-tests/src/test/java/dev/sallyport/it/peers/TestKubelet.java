package dev.sallyport.it.peers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What kubectl needs of a cluster to get into a pod: discovery of pods, one pod, and its streams.
 * The pod's containers are processes of this machine in a folder, its ports those of the loopback.
 * It is made of Netty's own SPDY and WebSocket handlers, so that it knows nothing of what is
 * tested.
 */
public final class TestKubelet implements AutoCloseable {

  /** What it can be upgraded to. */
  public enum Speaks {
    SPDY,
    WEBSOCKET
  }

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(4, NioIoHandler.newFactory());
  private final Path folder;
  private final Set<Speaks> spoken;
  private final List<String> upgrades = new CopyOnWriteArrayList<>();
  private final List<String> sizes = new CopyOnWriteArrayList<>();
  private final GrowingLog log = new GrowingLog();
  private final Channel listener;

  private TestKubelet(Path folder, Set<Speaks> spoken) throws InterruptedException {
    this.folder = folder;
    this.spoken = spoken;
    this.listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(16_384, 65_536))
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(1 << 20),
                            new KubeletHttp(TestKubelet.this));
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
  }

  /**
   * Starts it on a free port of the loopback.
   *
   * @param folder where the pods' processes run
   */
  public static TestKubelet start(Path folder, Set<Speaks> spoken) throws InterruptedException {
    return new TestKubelet(folder, spoken);
  }

  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  Path folder() {
    return folder;
  }

  boolean speaks(Speaks protocol) {
    return spoken.contains(protocol);
  }

  /** Which protocols it was upgraded to, in order, as {@code METHOD protocol subprotocol}. */
  public List<String> upgrades() {
    return upgrades;
  }

  void upgraded(String what) {
    upgrades.add(what);
  }

  /** What the resize channels said, in order. */
  public List<String> sizes() {
    return sizes;
  }

  /** Appends to the log of every container; whoever follows it sees the line. */
  public void say(String line) {
    log.append(line);
  }

  GrowingLog log() {
    return log;
  }

  @Override
  public void close() throws InterruptedException {
    listener.close().sync();
    loops.shutdownGracefully(0, 5, java.util.concurrent.TimeUnit.SECONDS).sync();
  }
}
