package dev.sallyport.server.netty;

import java.io.IOException;
import java.io.Serial;
import java.net.InetSocketAddress;

/** An address cannot be listened on: in use, not this machine's or not allowed. */
public final class ListenException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient InetSocketAddress address;

  ListenException(InetSocketAddress address, Throwable cause) {
    super("cannot listen on " + address + ": " + cause.getMessage(), cause);
    this.address = address;
  }

  public InetSocketAddress address() {
    return address;
  }
}
