import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

describe('what bundles are made without', () => {
  it('is no discovery of endpoints that a command of DynamoDB would need', () => {
    const commands = globSync('node_modules/@aws-sdk/client-dynamodb/dist-es/commands/*.js');
    expect(commands.length).toBeGreaterThan(50);
    expect(commands.filter((file) => /endpointdiscovery/i.test(readFileSync(file, 'utf8')))).toEqual([]);
    const [client] = globSync('node_modules/@aws-sdk/client-dynamodb/dist-es/DynamoDBClient.js');
    // The client has the configuration alone; with the middleware it would ask the cache.
    expect(readFileSync(client!, 'utf8')).toContain('resolveEndpointDiscoveryConfig(');
    expect(readFileSync(client!, 'utf8')).not.toContain('getEndpointDiscoveryPlugin');
  });
});
