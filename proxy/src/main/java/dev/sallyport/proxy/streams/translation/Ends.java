package dev.sallyport.proxy.streams.translation;

import io.netty.buffer.ByteBuf;

/** Where a translation sends what it made. On the tunnel's event loop. All take ownership. */
interface Ends {

  void toClient(ByteBuf bytes);

  void toUpstream(ByteBuf bytes);

  /** Answers to what the client itself sent (pongs): bounded while it does not read. */
  void replyToClient(ByteBuf bytes);

  /** Answers to what the upstream itself sent: bounded while it does not read. */
  void replyToUpstream(ByteBuf bytes);

  /** All is said to the client. */
  void endClient();

  /** All is said to the upstream. */
  void endUpstream();
}
