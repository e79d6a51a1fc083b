package dev.sallyport.server.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;

/**
 * The buffers of all connections: direct memory only, pooled per event loop in small chunks, so
 * that an idle server holds little.
 */
public final class Buffers {

  private static final int PAGE = 8 << 10;

  /** Chunks of 256 KiB; what is larger is not pooled. */
  private static final int CHUNK_ORDER = 5;

  private static final int SMALL_CACHE = 256;
  private static final int NORMAL_CACHE = 32;

  /** One arena per core, as there is one event loop. */
  public static final ByteBufAllocator POOL =
      new PooledByteBufAllocator(
          true,
          0,
          Runtime.getRuntime().availableProcessors(),
          PAGE,
          CHUNK_ORDER,
          SMALL_CACHE,
          NORMAL_CACHE,
          false);

  private Buffers() {}
}
