package dev.sallyport.server.http;

import dev.sallyport.authn.PeerCertificates;
import java.net.InetSocketAddress;
import java.util.concurrent.ScheduledExecutorService;

/** A connection on a {@link ManualLoop}, for tests. */
public final class FakeConnection implements Connection {

  private final ManualLoop loop = new ManualLoop();
  private String serverName = "";
  private boolean http2;
  private boolean closing;

  public FakeConnection http2(boolean value) {
    http2 = value;
    return this;
  }

  public FakeConnection serverName(String value) {
    serverName = value;
    return this;
  }

  public boolean closing() {
    return closing;
  }

  public ManualLoop manualLoop() {
    return loop;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return new InetSocketAddress("127.0.0.1", 40000);
  }

  @Override
  public InetSocketAddress localAddress() {
    return new InetSocketAddress("127.0.0.1", 6443);
  }

  @Override
  public PeerCertificates peer() {
    return PeerCertificates.NONE;
  }

  @Override
  public ScheduledExecutorService loop() {
    return loop;
  }

  @Override
  public String serverName() {
    return serverName;
  }

  @Override
  public boolean http2() {
    return http2;
  }

  @Override
  public void closeGracefully() {
    closing = true;
  }
}
