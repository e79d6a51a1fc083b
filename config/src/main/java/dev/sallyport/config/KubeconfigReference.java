package dev.sallyport.config;

import java.nio.file.Path;

/**
 * A cluster, as kubectl finds it.
 *
 * @param context which of the file's contexts; "" for the current one, or for all where several may
 *     be meant
 */
public record KubeconfigReference(Path file, String context) {}
