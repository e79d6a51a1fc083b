package dev.sallyport.audit.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** This process' standard output, past whatever else writes there. */
final class StandardOutput implements LineOutput {

  @SuppressWarnings("StreamResourceLeak") // belongs to the process, not to us
  private final OutputStream out = new FileOutputStream(FileDescriptor.out);

  @Override
  public void write(byte[] lines, int length) throws IOException {
    out.write(lines, 0, length);
  }

  @Override
  public void close() {}
}
