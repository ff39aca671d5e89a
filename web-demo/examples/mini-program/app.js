App({ rules: 'https://example.gov.cn' });
