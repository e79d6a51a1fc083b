package dev.sallyport.config;

import java.nio.file.Path;

/**
 * A certificate (chain, leaf first) and its private key, both PEM files.
 *
 * @param certificate the chain's file
 * @param key the key's file: PKCS#1, SEC1 or PKCS#8, not encrypted
 */
public record KeyPairFiles(Path certificate, Path key) {}
