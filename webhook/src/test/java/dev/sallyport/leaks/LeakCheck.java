package dev.sallyport.leaks;

import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After every test class: collects garbage and lets the leak detector say what was lost in it. */
public final class LeakCheck implements AfterAllCallback {

  @Override
  public void afterAll(ExtensionContext context) {
    if (context.getParent().filter(parent -> parent.getTestClass().isPresent()).isPresent()) {
      return; // nested classes are checked with the class around them
    }
    System.gc();
    // The detector reports when the next buffer is made.
    ByteBufAllocator.DEFAULT.directBuffer(16).release();
    ByteBufAllocator.DEFAULT.heapBuffer(16).release();
    List<String> leaks = LeakRecorder.take();
    if (!leaks.isEmpty()) {
      throw new AssertionError("LEAK: " + leaks.size() + " buffers, the first " + leaks.get(0));
    }
  }
}
