package dev.sallyport.proxy.streams;

import io.netty.buffer.ByteBuf;

/** Reads one direction of a session from bytes as they come. One thread. */
public interface StreamReader extends AutoCloseable {

  /** Takes the bytes' ownership. */
  void read(ByteBuf bytes) throws StreamException;

  /** The session is over; one of its events may say so, amid what is being read. */
  @Override
  void close();
}
