package dev.sallyport.server.tls;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client says before anything is decided (RFC 8446, section 4.1.2).
 *
 * @param serverName the host it asks for (RFC 6066), or null
 * @param protocols what it speaks (ALPN, RFC 7301), or null when it does not say
 */
record ClientHello(@Nullable String serverName, @Nullable List<String> protocols) {

  private static final int SERVER_NAME = 0;
  private static final int ALPN = 16;

  /** Whether ALPN names nothing that is spoken here. */
  boolean speaksNothingKnown() {
    if (protocols == null) {
      return false;
    }
    for (String protocol : protocols) {
      if (TlsContexts.PROTOCOLS.contains(protocol)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads a ClientHello's body without its handshake header. What is malformed is left to the TLS
   * engine, which gives the right alert.
   */
  static ClientHello parse(ByteBuf hello) {
    try {
      return read(hello.slice());
    } catch (IndexOutOfBoundsException malformed) {
      return new ClientHello(null, null);
    }
  }

  private static ClientHello read(ByteBuf in) {
    in.skipBytes(2 + 32);
    in.skipBytes(in.readUnsignedByte());
    in.skipBytes(in.readUnsignedShort());
    in.skipBytes(in.readUnsignedByte());
    String serverName = null;
    List<String> protocols = null;
    if (in.isReadable()) {
      ByteBuf extensions = in.readSlice(in.readUnsignedShort());
      while (extensions.isReadable()) {
        int type = extensions.readUnsignedShort();
        ByteBuf body = extensions.readSlice(extensions.readUnsignedShort());
        if (type == SERVER_NAME) {
          serverName = serverName(body);
        } else if (type == ALPN) {
          protocols = protocols(body);
        }
      }
    }
    return new ClientHello(serverName, protocols);
  }

  private static @Nullable String serverName(ByteBuf body) {
    ByteBuf list = body.readSlice(body.readUnsignedShort());
    while (list.isReadable()) {
      int type = list.readUnsignedByte();
      ByteBuf name = list.readSlice(list.readUnsignedShort());
      if (type == 0) {
        return name.toString(StandardCharsets.US_ASCII);
      }
    }
    return null;
  }

  private static List<String> protocols(ByteBuf body) {
    List<String> protocols = new ArrayList<>(2);
    ByteBuf list = body.readSlice(body.readUnsignedShort());
    while (list.isReadable()) {
      protocols.add(list.readSlice(list.readUnsignedByte()).toString(StandardCharsets.US_ASCII));
    }
    return protocols;
  }
}
